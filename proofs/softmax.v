(** Softmax: positive, of sum 1, blind to a shift; its odds, logarithms and inverse; the base-class form.

    For all inverse temperatures lambda, of either sign and 0, unless a theorem says 0 < lambda: the results
    of the chapter of that name are about lambda > 0, what the later chapters use is stated for every lambda.

      softmax_inj      two vectors of logits have the same softmax just if they differ by a shift
      softmax_onto     every vector of positive numbers of sum 1 is the softmax of its logarithms
      softmax_base     a class whose logit is 0, the base class, turns Z into 1 plus the sum over the others *)

From Softmax Require Export notation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Softmax.
Variable n : nat.
Implicit Types (lambda c : R) (z w q : 'I_n -> R) (i j k : 'I_n).

Lemma partition_gt0 lambda z i : 0 < partition lambda z.
Proof. exact: (sum_gt0 i) (fun k => exp_pos _). Qed.

Lemma partition_neq0 lambda z i : partition lambda z <> 0.
Proof. exact: Rgt_not_eq (partition_gt0 lambda z i). Qed.

Lemma p_gt0 lambda z i : 0 < softmax lambda z i.
Proof. exact: Rdiv_lt_0_compat (exp_pos _) (partition_gt0 lambda z i). Qed.

Lemma p_neq0 lambda z i : softmax lambda z i <> 0.
Proof. exact: Rgt_not_eq (p_gt0 lambda z i). Qed.

Lemma p_sum1 lambda z : (0 < n)%N -> \sum_(k < n) softmax lambda z k = 1.
Proof.
move=> /class0 i; rewrite /softmax /Rdiv sum_scaler -/(partition lambda z).
exact: Rinv_r _ (partition_neq0 i).
Qed.

Lemma p_sum1_at lambda z i : \sum_(k < n) softmax lambda z k = 1.
Proof. exact: p_sum1 (class_some i). Qed.

Lemma p_le1 lambda z i : softmax lambda z i <= 1.
Proof.
rewrite -(p_sum1_at lambda z i); apply: (@sum_ge_term n xpredT) => // k _.
exact: Rlt_le (p_gt0 _ _ _).
Qed.

Lemma p_others lambda z i : \sum_(k < n | k != i) softmax lambda z k = 1 - softmax lambda z i.
Proof. by rewrite sum_except (p_sum1_at lambda z i). Qed.

Lemma p_pair_le1 lambda z i j : i != j -> softmax lambda z i + softmax lambda z j <= 1.
Proof.
move=> ij; have := p_others lambda z i.
have: softmax lambda z j <= \sum_(k < n | k != i) softmax lambda z k; last by lra.
apply: (@sum_ge_term n (fun k => k != i)); last by rewrite eq_sym.
by move=> k _; apply: Rlt_le (p_gt0 _ _ _).
Qed.

Lemma p_lt1 lambda z i j : i != j -> softmax lambda z i < 1.
Proof. by move=> /(p_pair_le1 lambda z); have := p_gt0 lambda z j; lra. Qed.

(** A second class, where there are two. *)
Lemma other_class i : (2 <= n)%N -> exists j, i != j.
Proof.
move=> h; have n0 : (0 < n)%N by apply: leq_trans h.
case: (altP (i =P Ordinal n0)) => [->|]; last by exists (Ordinal n0).
by exists (Ordinal h).
Qed.

Lemma p_shift lambda z c i : softmax lambda (fun k => c + z k) i = softmax lambda z i.
Proof.
have e k : exp (lambda * (c + z k)) = exp (lambda * c) * exp (lambda * z k) by rewrite -exp_plus; congr exp; ring.
rewrite /softmax /partition e (sum_eq (fun k _ => e k)) sum_scale.
by field; split; [apply: partition_neq0 i | apply: exp_neq0].
Qed.

Lemma p_ext lambda z w i : z =1 w -> softmax lambda z i = softmax lambda w i.
Proof. by move=> h; rewrite /softmax /partition h (sum_eq (fun k _ => f_equal exp (f_equal (Rmult lambda) (h k)))). Qed.

Lemma p_odds lambda z i j : softmax lambda z i / softmax lambda z j = exp (lambda * (z i - z j)).
Proof.
rewrite Rmult_minus_distr_l /Rminus exp_plus exp_Ropp /softmax.
by field; split; [apply: exp_neq0 | apply: partition_neq0 i].
Qed.

Lemma ln_p lambda z i : ln (softmax lambda z i) = lambda * z i - ln (partition lambda z).
Proof. by rewrite /softmax ln_div ?ln_exp //; [apply: exp_pos | apply: partition_gt0 i]. Qed.

End Softmax.

(** * The results *)

Theorem softmax_gt0 (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) : 0 < lambda -> softmax lambda z i > 0.
Proof. by move=> _; apply: p_gt0. Qed.

Theorem softmax_sum1 (n : nat) (lambda : R) (z : 'I_n -> R) :
  0 < lambda -> (0 < n)%N -> \sum_(k < n) softmax lambda z k = 1.
Proof. by move=> _; apply: p_sum1. Qed.

Theorem softmax_shift (n : nat) (lambda : R) (z : 'I_n -> R) (c : R) (i : 'I_n) :
  0 < lambda -> exp (lambda * (c + z i)) / (\sum_(k < n) exp (lambda * (c + z k))) = softmax lambda z i.
Proof. by move=> _; apply: p_shift. Qed.

Theorem softmax_exp_normalise (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) :
  0 < lambda -> exp (lambda * (z i - vmax z)) / (\sum_(k < n) exp (lambda * (z k - vmax z))) = softmax lambda z i.
Proof.
move=> _; rewrite -(p_shift lambda z (- vmax z)) -/(softmax lambda (fun k => z k - vmax z) i).
by apply: p_ext => k; ring.
Qed.

Theorem softmax_odds (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  0 < lambda -> softmax lambda z i / softmax lambda z j = exp (lambda * (z i - z j)).
Proof. by move=> _; apply: p_odds. Qed.

Theorem softmax_log (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) :
  0 < lambda -> ln (softmax lambda z i) = lambda * z i - ln (partition lambda z).
Proof. by move=> _; apply: ln_p. Qed.

(** * Beyond the claim language: softmax as a map *)

(** The inverse, up to a shift: differences of logits are logarithms of odds. *)
Theorem softmax_inverse (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  lambda <> 0 -> ln (softmax lambda z i / softmax lambda z j) / lambda = z i - z j.
Proof. by move=> h; rewrite p_odds ln_exp; field. Qed.

Theorem softmax_inj (n : nat) (lambda : R) (z w : 'I_n -> R) :
  lambda <> 0 -> softmax lambda z =1 softmax lambda w <-> exists c, forall k, w k = c + z k.
Proof.
move=> h; split=> [e|[c e] k]; last by rewrite -(p_shift lambda z c); apply/esym/p_ext.
case: (posnP n) => [n0|/class0 i]; first by exists 0 => k; move: (ltn_ord k); rewrite {2}n0.
exists (w i - z i) => k; have := softmax_inverse z k i h.
by rewrite !e softmax_inverse //; lra.
Qed.

Theorem softmax_onto (n : nat) (lambda : R) (q : 'I_n -> R) : lambda <> 0 ->
  (forall k, 0 < q k) -> \sum_(k < n) q k = 1 -> softmax lambda (fun k => ln (q k) / lambda) =1 q.
Proof.
move=> h q0 q1 i; have e k : exp (lambda * (ln (q k) / lambda)) = q k.
  by rewrite -[RHS](exp_ln _ (q0 k)); congr exp; field.
by rewrite /softmax /partition e (sum_eq (fun k _ => e k)) q1; field.
Qed.

(** The base-class form: the thread's question, with the class j of logit 0 as the base. *)
Theorem softmax_base (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  z j = 0 -> softmax lambda z i = exp (lambda * z i) / (1 + (\sum_(k < n | k != j) exp (lambda * z k))).
Proof. by move=> h; rewrite /softmax /partition (sum_split j) h Rmult_0_r exp_0. Qed.

(** Nothing is lost by a base: every softmax is one in the differences to the logit of the base. *)
Theorem softmax_base_any (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  softmax lambda z i = exp (lambda * (z i - z j)) / (1 + (\sum_(k < n | k != j) exp (lambda * (z k - z j)))).
Proof.
have e k : - z j + z k = z k - z j by ring.
rewrite -(p_shift lambda z (- z j)) (p_ext lambda i e).
by rewrite (@softmax_base n lambda _ i j) //; ring.
Qed.

(** Softmax does not care for the names of the classes. *)
Theorem softmax_permute (n : nat) (lambda : R) (z : 'I_n -> R) (s : 'I_n -> 'I_n) (i : 'I_n) :
  injective s -> softmax lambda (fun k => z (s k)) i = softmax lambda z (s i).
Proof.
move=> h; rewrite /softmax /partition; congr (_ / _).
by rewrite [RHS](reindex_inj h).
Qed.

(** With a single class, and only then, a probability is 1. *)
Theorem softmax_lt1 (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) : softmax lambda z i < 1 <-> (2 <= n)%N.
Proof.
split=> [lt1|/(other_class i) [j /p_lt1]] //; rewrite ltnNge; apply/negP => le1.
have e (l : 'I_n) : l = 0%N :> nat by apply/eqP; rewrite -leqn0 -ltnS (leq_trans (ltn_ord l) le1).
have := p_sum1_at lambda z i; rewrite (sum_split i) big1; first by lra.
by move=> k /negP []; apply/eqP/ord_inj; rewrite !e.
Qed.

(** The logarithms of a vector of the open simplex are logits of it. *)
Theorem softmax_of_log (n : nat) (q : 'I_n -> R) (i : 'I_n) : \sum_(l < n) q l = 1 -> (forall k : 'I_n, q k > 0) ->
  exp (ln (q i)) / (\sum_(l < n) exp (ln (q l))) = q i.
Proof. by move=> q1 q0; rewrite (sum_eq (fun k _ => exp_ln _ (q0 k))) q1 exp_ln; [field | exact: q0]. Qed.

Theorem softmax_of_log_needs : ~ forall (n : nat) (q : 'I_n -> R) (i : 'I_n), (forall k : 'I_n, q k > 0) ->
  (forall l : 'I_n, 0 < q l) ->
  0 < q i ->
  exp (ln (q i)) / (\sum_(l < n) exp (ln (q l))) = q i.
Proof.
move=> /(_ 1%N (fun _ => 2) ord0 (fun _ => Rlt_0_2) (fun _ => Rlt_0_2) Rlt_0_2); rewrite sum_one exp_ln; lra.
Qed.
