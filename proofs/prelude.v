(** Finite sums of reals, derivatives and limits of them: what every chapter stands on.

    The library's [\big] operators are used over the standard library's reals: [Rplus] and [Rmult] are
    declared to be the operations of (commutative) monoids, so that all of [bigop.v] applies.

    Notations
      \sum_(k < n) F              the sum of F over the classes k : 'I_n, that is k = 0, ..., n - 1
      \sum_(k < n | P) F          the same over the classes for which P holds
      \prod_(k < n) F, \prod_(k < n | P) F
                                  the products
      INR n                       the number of classes as a real number
      x =? y, x <=? y, x <? y     the reals x and y are equal, x is at most y, x is less than y, as a boolean *)

From mathcomp Require Export all_ssreflect.
From Coq Require Export Reals Lra.
From Coquelicot Require Export Coquelicot.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Global Delimit Scope nat_scope with N.
Global Open Scope R_scope.

(* IZR Z0 is what Coq reads 0 as; written so, Coq writes its own sums in this notation, too *)
Notation "\sum_ ( i < n ) F" := (\big[Rplus/IZR Z0]_(i < n) F) : R_scope.
Notation "\sum_ ( i < n | P ) F" := (\big[Rplus/IZR Z0]_(i < n | P%B) F) : R_scope.
Notation "\prod_ ( i < n ) F" := (\big[Rmult/IZR (Zpos xH)]_(i < n) F) : R_scope.
Notation "\prod_ ( i < n | P ) F" := (\big[Rmult/IZR (Zpos xH)]_(i < n | P%B) F) : R_scope.
Notation "x <=? y" := (is_left (Rle_dec x y)) : R_scope.
Notation "x <? y" := (is_left (Rlt_dec x y)) : R_scope.
Notation "x =? y" := (is_left (Req_EM_T x y)) (at level 70, no associativity) : R_scope.

(** * The reals under bigop *)

Lemma addRA : associative Rplus. Proof. by move=> x y z; lra. Qed.
Lemma addRC : commutative Rplus. Proof. exact: Rplus_comm. Qed.
Lemma add0R : left_id 0 Rplus. Proof. exact: Rplus_0_l. Qed.
Lemma addR0 : right_id 0 Rplus. Proof. exact: Rplus_0_r. Qed.
Lemma mulRA : associative Rmult. Proof. by move=> x y z; ring. Qed.
Lemma mulRC : commutative Rmult. Proof. exact: Rmult_comm. Qed.
Lemma mul1R : left_id 1 Rmult. Proof. exact: Rmult_1_l. Qed.
Lemma mulR1 : right_id 1 Rmult. Proof. exact: Rmult_1_r. Qed.
Lemma mul0R : left_zero 0 Rmult. Proof. exact: Rmult_0_l. Qed.
Lemma mulR0 : right_zero 0 Rmult. Proof. exact: Rmult_0_r. Qed.
Lemma mulRDl : left_distributive Rmult Rplus. Proof. by move=> x y z; ring. Qed.
Lemma mulRDr : right_distributive Rmult Rplus. Proof. by move=> x y z; ring. Qed.

Canonical Rplus_monoid := Monoid.Law addRA add0R addR0.
Canonical Rplus_comoid := Monoid.ComLaw addRC.
Canonical Rmult_monoid := Monoid.Law mulRA mul1R mulR1.
Canonical Rmult_comoid := Monoid.ComLaw mulRC.
Canonical Rmult_muloid := Monoid.MulLaw mul0R mulR0.
Canonical Rplus_addoid := Monoid.AddLaw mulRDl mulRDr.

Lemma eqRP (x y : R) : reflect (x = y) (x =? y).
Proof. by case: Req_EM_T => h; constructor. Qed.

Lemma exp_neq0 x : exp x <> 0.
Proof. exact: Rgt_not_eq (exp_pos x). Qed.

Lemma sqr_eq0 x : x ^ 2 = 0 -> x = 0.
Proof. by move=> h; nra. Qed.

(** * Sums *)

Section Sums.
Variable n : nat.
Implicit Types (P : pred 'I_n) (f g : 'I_n -> R) (c : R) (i j k : 'I_n).

Lemma sum_add P f g : \sum_(k < n | P k) (f k + g k) = \sum_(k < n | P k) f k + \sum_(k < n | P k) g k.
Proof. exact: big_split. Qed.

Lemma sum_scale P c f : \sum_(k < n | P k) (c * f k) = c * (\sum_(k < n | P k) f k).
Proof. by rewrite big_distrr. Qed.

Lemma sum_scaler P c f : \sum_(k < n | P k) (f k * c) = (\sum_(k < n | P k) f k) * c.
Proof. by rewrite big_distrl. Qed.

Lemma sum_opp P f : \sum_(k < n | P k) (- f k) = - (\sum_(k < n | P k) f k).
Proof. by rewrite -[RHS]Rmult_1_l -Ropp_mult_distr_r Ropp_mult_distr_l -sum_scale; apply: eq_bigr => k _; ring. Qed.

Lemma sum_sub P f g : \sum_(k < n | P k) (f k - g k) = \sum_(k < n | P k) f k - \sum_(k < n | P k) g k.
Proof. by rewrite sum_add sum_opp. Qed.

Lemma sum_eq P f g : (forall k, P k -> f k = g k) -> \sum_(k < n | P k) f k = \sum_(k < n | P k) g k.
Proof. exact: eq_bigr. Qed.

Lemma sum_const c : \sum_(k < n) c = INR n * c.
Proof.
rewrite big_const card_ord; elim: n => [|m h] /=; first by ring.
by rewrite h -/(INR m.+1) S_INR; ring.
Qed.

Lemma sum_cond P f : \sum_(k < n | P k) f k = \sum_(k < n) (if P k then f k else 0).
Proof. exact: big_mkcond. Qed.

Lemma sum_split i f : \sum_(k < n) f k = f i + \sum_(k < n | k != i) f k.
Proof. by rewrite (bigD1 i). Qed.

Lemma sum_except i f : \sum_(k < n | k != i) f k = \sum_(k < n) f k - f i.
Proof. by rewrite (sum_split i); ring. Qed.

Lemma sum_ge0 P f : (forall k, P k -> 0 <= f k) -> 0 <= \sum_(k < n | P k) f k.
Proof. by move=> h; elim/big_ind: _ => //; [lra | move=> x y; lra]. Qed.

Lemma sum_le P f g : (forall k, P k -> f k <= g k) -> \sum_(k < n | P k) f k <= \sum_(k < n | P k) g k.
Proof. by move=> h; elim/big_ind2: _ => //; [lra | move=> *; lra]. Qed.

Lemma sum_pick P i f : P i -> \sum_(k < n | P k) f k = f i + \sum_(k < n | P k && (k != i)) f k.
Proof. exact: bigD1. Qed.

Lemma sum_ge_term P f i : (forall k, P k -> 0 <= f k) -> P i -> f i <= \sum_(k < n | P k) f k.
Proof.
move=> h hi; rewrite (sum_pick _ hi).
have: 0 <= \sum_(k < n | P k && (k != i)) f k by apply: sum_ge0 => k /andP [/h].
lra.
Qed.

Lemma sum_gt0 i f : (forall k, 0 < f k) -> 0 < \sum_(k < n) f k.
Proof.
move=> h; apply: (Rlt_le_trans _ _ _ (h i)).
by apply: (@sum_ge_term xpredT f i) => // k _; apply: Rlt_le.
Qed.

Lemma sum_eq0 f : (forall k, 0 <= f k) -> \sum_(k < n) f k = 0 -> forall k, f k = 0.
Proof.
move=> h s k; have := @sum_ge_term xpredT f k (fun k _ => h k) isT.
by rewrite s; have := h k; lra.
Qed.

Lemma sum_lt i f g : (forall k, f k <= g k) -> f i < g i -> \sum_(k < n) f k < \sum_(k < n) g k.
Proof.
move=> h hi; rewrite (sum_split i f) (sum_split i g).
by have := @sum_le (fun k => k != i) f g (fun k _ => h k); lra.
Qed.

Lemma sum_sum_swap (F : 'I_n -> 'I_n -> R) :
  \sum_(k < n) (\sum_(l < n) F k l) = \sum_(l < n) (\sum_(k < n) F k l).
Proof. exact: exchange_big. Qed.

Lemma sum_mul_sum f g : (\sum_(k < n) f k) * (\sum_(l < n) g l) = \sum_(k < n) (\sum_(l < n) (f k * g l)).
Proof. by rewrite -sum_scaler; apply: sum_eq => k _; rewrite sum_scale. Qed.

(** A symmetric sum over all pairs counts each pair twice. *)
Lemma sum_pairs (F : 'I_n -> 'I_n -> R) :
  (forall k l, F k l = F l k) -> (forall k, F k k = 0) ->
  \sum_(k < n) (\sum_(l < n) F k l) = 2 * (\sum_(k < n) (\sum_(l < n | (k < l)%N) F k l)).
Proof.
move=> sym diag; pose U (k l : 'I_n) : R := if (k < l)%N then F k l else 0.
have e (k l : 'I_n) : F k l = U k l + U l k.
  rewrite /U; case: ltngtP => [_|_|/ord_inj ->]; rewrite ?(sym l k) ?diag; ring.
have -> : \sum_(k < n) (\sum_(l < n | (k < l)%N) F k l) = \sum_(k < n) (\sum_(l < n) U k l).
  by apply: sum_eq => k _; rewrite sum_cond.
rewrite -[RHS]Rplus_0_r double [X in _ = _ + X + _]sum_sum_swap Rplus_0_r -sum_add.
by apply: sum_eq => k _; rewrite -sum_add; apply: sum_eq => l _.
Qed.

End Sums.

(** * Derivatives and limits *)

Lemma is_derive_eq (f : R -> R) (x d d' : R) : is_derive f x d -> d = d' -> is_derive f x d'.
Proof. by move=> h <-. Qed.

Lemma is_derive_bigsum n (P : pred 'I_n) (f : R -> 'I_n -> R) (d : 'I_n -> R) (x : R) :
  (forall k, P k -> is_derive (fun t => f t k) x (d k)) ->
  is_derive (fun t => \sum_(k < n | P k) f t k) x (\sum_(k < n | P k) d k).
Proof.
move=> h; rewrite unlock; elim: (index_enum _) => [|k r IH] /=; first exact: is_derive_const.
by case: ifP => // hk; apply: (is_derive_plus (fun t => f t k)) => //; apply: h.
Qed.

Section Limits.
Context {F : (R -> Prop) -> Prop} {FF : Filter F}.

Lemma lim_add (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun t => f t + g t) F (locally (a + b)).
Proof. by move=> hf hg; apply: filterlim_comp_2 hf hg _; apply: (filterlim_plus a b). Qed.

Lemma lim_mul (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun t => f t * g t) F (locally (a * b)).
Proof. by move=> hf hg; apply: filterlim_comp_2 hf hg _; apply: (filterlim_mult a b). Qed.

Lemma lim_const (a : R) : filterlim (fun _ : R => a) F (locally a).
Proof. exact: filterlim_const. Qed.

Lemma lim_opp (f : R -> R) (a : R) : filterlim f F (locally a) -> filterlim (fun t => - f t) F (locally (- a)).
Proof. by move=> hf; apply: filterlim_comp hf _; apply: (filterlim_opp a). Qed.

Lemma lim_sub (f g : R -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun t => f t - g t) F (locally (a - b)).
Proof. by move=> hf hg; apply: lim_add => //; apply: lim_opp. Qed.

Lemma lim_comp (g f : R -> R) (a : R) :
  continuous g a -> filterlim f F (locally a) -> filterlim (fun t => g (f t)) F (locally (g a)).
Proof. by move=> hg hf; apply: filterlim_comp hf hg. Qed.

Lemma lim_inv (f : R -> R) (a : R) :
  a <> 0 -> filterlim f F (locally a) -> filterlim (fun t => / f t) F (locally (/ a)).
Proof. by move=> ha; apply: lim_comp; apply: continuous_Rinv. Qed.

Lemma lim_div (f g : R -> R) (a b : R) : b <> 0 ->
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun t => f t / g t) F (locally (a / b)).
Proof. by move=> hb hf hg; apply: lim_mul => //; apply: lim_inv. Qed.

Lemma lim_sum n (P : pred 'I_n) (f : R -> 'I_n -> R) (a : 'I_n -> R) :
  (forall k, P k -> filterlim (fun t => f t k) F (locally (a k))) ->
  filterlim (fun t => \sum_(k < n | P k) f t k) F (locally (\sum_(k < n | P k) a k)).
Proof.
move=> h; rewrite unlock; elim: (index_enum _) => [|k r IH] /=; first exact: lim_const.
by case: ifP => // hk; apply: (lim_add (f := fun t => f t k)) => //; apply: h.
Qed.

Lemma lim_ext (f g : R -> R) (a : R) :
  (forall t, f t = g t) -> filterlim f F (locally a) -> filterlim g F (locally a).
Proof. by move=> h; apply: filterlim_ext. Qed.

Lemma lim_ext_loc (f g : R -> R) (G : (R -> Prop) -> Prop) :
  filterlim f F G -> F (fun t => f t = g t) -> filterlim g F G.
Proof. by move=> h e; apply: (filterlim_ext_loc f g e h). Qed.

Lemma lim_squeeze (f g h : R -> R) (a : R) : F (fun t => f t <= g t <= h t) ->
  filterlim f F (locally a) -> filterlim h F (locally a) -> filterlim g F (locally a).
Proof. exact: (@filterlim_le_le R F FF f g h a). Qed.

(** Diverging: a factor that tends to infinity, and one that stays positive. *)
Lemma lim_mul_infty (f g : R -> R) (a : R) : 0 < a ->
  filterlim f F (Rbar_locally p_infty) -> filterlim g F (locally a) ->
  filterlim (fun t => f t * g t) F (Rbar_locally p_infty).
Proof.
move=> a0 hf hg; apply: (@filterlim_comp_2 _ _ _ _ F _ _ _ FF f g Rmult hf hg).
by apply: (filterlim_Rbar_mult p_infty a p_infty); apply: is_Rbar_mult_p_infty_pos.
Qed.

Lemma lim_opp_infty (f : R -> R) :
  filterlim f F (Rbar_locally p_infty) -> filterlim (fun t => - f t) F (Rbar_locally m_infty).
Proof. by move=> hf; apply: filterlim_comp hf (filterlim_Rbar_opp p_infty). Qed.

Lemma lim_eq (f : R -> R) (a b : R) : filterlim f F (locally a) -> a = b -> filterlim f F (locally b).
Proof. by move=> h <-. Qed.

End Limits.

Section UniqueLimits.
Context {F : (R -> Prop) -> Prop} {FF : ProperFilter F}.

Lemma lim_unique (f : R -> R) (a b : R) : filterlim f F (locally a) -> filterlim f F (locally b) -> a = b.
Proof.
move=> ha hb; have le : F (fun t => f t <= f t) by apply: filter_forall => t; apply: Rle_refl.
exact: Rle_antisym (filterlim_le f f a b le ha hb) (filterlim_le f f b a le hb ha).
Qed.

Lemma lim_not_infty (f : R -> R) (a : R) : filterlim f F (locally a) -> ~ filterlim f F (Rbar_locally p_infty).
Proof.
move=> ha hi; have le : F (fun t => f t <= f t) by apply: filter_forall => t; apply: Rle_refl.
exact: (filterlim_le f f p_infty a le hi ha).
Qed.

Lemma lim_not_minfty (f : R -> R) (a : R) : filterlim f F (locally a) -> ~ filterlim f F (Rbar_locally m_infty).
Proof.
move=> ha hi; have le : F (fun t => f t <= f t) by apply: filter_forall => t; apply: Rle_refl.
exact: (filterlim_le f f a m_infty le ha hi).
Qed.

End UniqueLimits.

Arguments lim_const {F FF} a.
