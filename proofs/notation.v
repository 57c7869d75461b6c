(** The words of every statement: softmax and what is computed from it.

    Throughout n : nat is the number of classes, z : 'I_n -> R are the logits, i j k : 'I_n are classes
    (Coq counts them 0, ..., n - 1), lambda : R is the inverse temperature and T = / lambda the temperature.

      partition lambda z          Z = sum_k exp (lambda z_k)
      softmax lambda z i          p_i = exp (lambda z_i) / Z
      mean lambda z v             <v> = sum_k p_k v_k
      var lambda z v              <v^2> - <v>^2
      entropy q                   - sum_k q_k ln q_k            (0 ln 0 is 0, since 0 times anything is)
      kl q r                      sum_k q_k ln (q_k / r_k)
      logsumexp w                 ln (sum_k exp w_k)
      delta i j                   1 if i = j, else 0
      count P                     the number of classes for which P holds, as a real number
      vmax z, vmin z              the largest and the smallest z_k  (0 if there is no class)
      vmax_on P z, vmin_on P z    the same among the classes for which P holds
      class k of n                the k-th of n classes, counted from 1, k and n being numerals
      upd z j t                   z with t in the place of z_j
      is_partial F z j d          the partial derivative of F in z_j exists at z, and is d
      partial F z j               that derivative  (Coquelicot's Derive: some number where there is none)
      ex_partial F z j            it exists
      near z j P                  P holds of z, and where z_j is a little changed, too
      at_right 0                  the filter of limits t -> 0+
      from_sides D x              D holds of the t next to x on one side, and of all or none on the other *)

From Softmax Require Export prelude.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Notation.
Variable n : nat.
Implicit Types (lambda : R) (z v w q r : 'I_n -> R) (P : pred 'I_n) (i j k : 'I_n).

Definition partition lambda z := \sum_(k < n) exp (lambda * z k).
Definition softmax lambda z i := exp (lambda * z i) / partition lambda z.
Definition mean lambda z v := \sum_(k < n) (softmax lambda z k * v k).
Definition var lambda z v := mean lambda z (fun k => v k ^ 2) - mean lambda z v ^ 2.
Definition entropy q := - (\sum_(k < n) (q k * ln (q k))).
Definition kl q r := \sum_(k < n) (q k * ln (q k / r k)).
Definition logsumexp w := ln (\sum_(k < n) exp (w k)).
Definition delta i j : R := if i == j then 1 else 0.
Definition count (P : 'I_n -> bool) : R := \sum_(k < n) (if P k then 1 else 0).
Definition vmax z : R := if [pick k : 'I_n] is Some k0 then \big[Rmax/z k0]_(k < n) z k else 0.
Definition vmin z : R := - vmax (fun k => - z k).
Definition vmax_on P z : R := if [pick k : 'I_n | P k] is Some k0 then \big[Rmax/z k0]_(k < n | P k) z k else 0.
Definition vmin_on P z : R := - vmax_on P (fun k => - z k).
Definition upd z j (t : R) k := if k == j then t else z k.
Definition is_partial (F : ('I_n -> R) -> R) z j (d : R) := is_derive (fun t => F (upd z j t)) (z j) d.
Definition partial (F : ('I_n -> R) -> R) z j : R := Derive (fun t => F (upd z j t)) (z j).
Definition ex_partial (F : ('I_n -> R) -> R) z j := ex_derive (fun t => F (upd z j t)) (z j).
Definition near z j (P : ('I_n -> R) -> Prop) := locally (z j) (fun t => P (upd z j t)).

End Notation.

Definition from_sides (D : R -> Prop) x :=
  (at_left x D \/ at_right x D) /\
  (at_left x D \/ at_left x (fun t => ~ D t)) /\ (at_right x D \/ at_right x (fun t => ~ D t)).

Arguments delta {n} i j.
Notation "'class' k 'of' n" := (@Ordinal n (predn k) isT) (at level 0, k at level 0, n at level 0).

(** * Facts about the words *)

Section Facts.
Variable n : nat.
Implicit Types (z : 'I_n -> R) (i j k : 'I_n).

Lemma class_some i : (0 < n)%N.
Proof. exact: leq_ltn_trans (leq0n i) (ltn_ord i). Qed.

Lemma class0 : (0 < n)%N -> 'I_n.
Proof. exact: Ordinal. Qed.

Lemma INR_gt0 : (0 < n)%N -> 0 < INR n.
Proof. by move=> h; apply: lt_0_INR; apply/ltP. Qed.

Lemma delta_refl i : delta i i = 1.
Proof. by rewrite /delta eqxx. Qed.

Lemma delta_ne i j : i != j -> delta i j = 0.
Proof. by rewrite /delta => /negbTE ->. Qed.

Lemma delta_sym i j : delta i j = delta j i.
Proof. by rewrite /delta eq_sym. Qed.

Lemma delta_swap (f : 'I_n -> R) i j : delta i j * f i = delta i j * f j.
Proof. by rewrite /delta; case: eqP => [->|_]; ring. Qed.

Lemma sum_delta i (f : 'I_n -> R) : \sum_(k < n) (delta i k * f k) = f i.
Proof.
rewrite (sum_split i) delta_refl big1; first by ring.
by move=> k; rewrite eq_sym => /delta_ne ->; ring.
Qed.

Lemma sum_deltar i (f : 'I_n -> R) : \sum_(k < n) (f k * delta i k) = f i.
Proof. by rewrite -[RHS](sum_delta i); apply: sum_eq => k _; ring. Qed.

Lemma upd_id z j : upd z j (z j) =1 z.
Proof. by move=> k; rewrite /upd; case: eqP => [->|]. Qed.

Lemma is_derive_upd z j k (x : R) : is_derive (fun t => upd z j t k) x (delta k j).
Proof.
rewrite /upd /delta; case: eqP => _; first exact: is_derive_id.
exact: is_derive_const.
Qed.

Lemma is_partial_unique (F : ('I_n -> R) -> R) z j d : is_partial F z j d -> partial F z j = d.
Proof. exact: is_derive_unique. Qed.

Lemma is_partial_eq (F : ('I_n -> R) -> R) z j d d' : is_partial F z j d -> d = d' -> is_partial F z j d'.
Proof. by move=> h <-. Qed.

Lemma sum_one (f : 'I_1 -> R) : \sum_(k < 1) f k = f ord0.
Proof. by rewrite (sum_split ord0) big1 => [|k]; [ring | rewrite (ord1 k)]. Qed.

Lemma sum_two (f : 'I_2 -> R) : \sum_(k < 2) f k = f (class 1 of 2) + f (class 2 of 2).
Proof.
rewrite (sum_split (class 1 of 2)) (sum_pick (i := class 2 of 2)) //= big_pred0; first by ring.
by case=> [[|[|m]] h].
Qed.

(** The largest and the smallest. *)

Lemma bigmax_ge (c : R) z k : z k <= \big[Rmax/c]_(k < n) z k.
Proof.
rewrite unlock; have: k \in index_enum _ by exact: mem_index_enum.
elim: (index_enum _) => //= l r IH; rewrite inE => /orP [/eqP ->|/IH h]; first exact: Rmax_l.
exact: Rle_trans h (Rmax_r _ _).
Qed.

Lemma bigmax_attained k0 z : exists k, \big[Rmax/z k0]_(k < n) z k = z k.
Proof.
elim/big_ind: _ => [|x y [k ->] [l ->]|k _]; [by exists k0 | | by exists k].
by rewrite /Rmax; case: Rle_dec; [exists l | exists k].
Qed.

Lemma vmax_ge z k : z k <= vmax z.
Proof. by rewrite /vmax; case: pickP => [k0 _|/(_ k)] //; apply: bigmax_ge. Qed.

Lemma vmax_attained z : (0 < n)%N -> exists k, vmax z = z k.
Proof.
move=> /class0 i; rewrite /vmax; case: pickP => [k0 _|/(_ i)] //.
exact: bigmax_attained.
Qed.

Lemma vmax_eq z i : (forall k, z k <= z i) -> vmax z = z i.
Proof.
move=> h; have [k e] := vmax_attained z (class_some i).
by apply: Rle_antisym; [rewrite e | apply: vmax_ge].
Qed.

Lemma vmax_unique z i : (forall k, k != i -> z i > z k) -> vmax z = z i.
Proof. by move=> h; apply: vmax_eq => k; case: (k =P i) => [->|/eqP /h]; lra. Qed.

(** Counting. *)

Lemma count_ge0 (P : pred 'I_n) : 0 <= count P.
Proof. by apply: sum_ge0 => k _; case: ifP => _; lra. Qed.

Lemma count_ge1 (P : pred 'I_n) i : P i -> 1 <= count P.
Proof.
move=> h; have := @sum_ge_term n xpredT (fun k => if P k then 1 else 0) i _ isT.
by rewrite h; apply=> k _; case: ifP => _; lra.
Qed.

Lemma count_le (P : pred 'I_n) : count P <= INR n.
Proof.
rewrite -[INR n]Rmult_1_r -sum_const; apply: sum_le => k _; case: ifP => _; lra.
Qed.

Lemma count_ge2 (P : pred 'I_n) i j : i != j -> P i -> P j -> 2 <= count P.
Proof.
move=> ij hi hj; rewrite /count (sum_split i) hi.
have := @sum_ge_term n (fun k => k != i) (fun k => if P k then 1 else 0) j _ _.
rewrite hj eq_sym ij => h; suff: 1 <= \sum_(k < n | k != i) (if P k then 1 else 0) by lra.
by apply: h => // k _; case: ifP => _; lra.
Qed.

Lemma count_eq1 (P : pred 'I_n) i : P i -> (forall k, k != i -> ~~ P k) -> count P = 1.
Proof.
move=> hi h; rewrite /count (sum_split i) hi big1; first by ring.
by move=> k /h /negbTE ->.
Qed.

End Facts.

(** Existence, in front of the conclusion of a theorem: by a fact, at a point or at all of them. *)
Ltac existing fact :=
  lazymatch goal with
  | |- _ -> _ => let h := fresh in move=> h; existing fact; move: h
  | |- _ /\ _ => split;
      [first [by apply: fact | by move=> *; apply: fact | by apply: filter_forall => ?; apply: fact] | existing fact]
  | |- _ => idtac
  end.
