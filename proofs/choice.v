(** Softmax as a model of choice: odds do not know the other alternatives, and conditioning is softmax again.

      softmax_iia             the odds of two classes depend on their own logits alone
      softmax_conditional     given that the class is in A, the probabilities are softmax over A
      softmax_split           one class more, of probability q, takes from every old one its share q
      partition_split         Z splits over A and what is not in A *)

From Softmax Require Export softmax.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Choice.
Variable n : nat.
Implicit Types (lambda : R) (z w : 'I_n -> R) (i j k : 'I_n) (A : {set 'I_n}).

Theorem softmax_iia lambda z w i j : z i = w i -> z j = w j ->
  softmax lambda z i / softmax lambda z j = softmax lambda w i / softmax lambda w j.
Proof. by move=> ei ej; rewrite !p_odds ei ej. Qed.

Lemma sum_in_gt0 A (f : 'I_n -> R) i : (forall k, 0 < f k) -> i \in A -> 0 < \sum_(k < n | k \in A) f k.
Proof.
move=> h iA; apply: Rlt_le_trans (h i) _.
by apply: (@sum_ge_term n (fun k => k \in A)) => // k _; apply: Rlt_le.
Qed.

Theorem softmax_conditional lambda z i A : i \in A ->
  softmax lambda z i / (\sum_(k < n | k \in A) softmax lambda z k)
  = exp (lambda * z i) / (\sum_(k < n | k \in A) exp (lambda * z k)).
Proof.
move=> iA; rewrite /softmax /Rdiv sum_scaler; have Z0 := partition_gt0 lambda z i.
have S0 := sum_in_gt0 (fun k => exp_pos (lambda * z k)) iA.
by field; lra.
Qed.

Theorem partition_split lambda z A :
  partition lambda z = \sum_(k < n | k \in A) exp (lambda * z k) + \sum_(k < n | k \notin A) exp (lambda * z k).
Proof. by rewrite /partition (bigID (fun k => k \in A)). Qed.

(** Leaving class i out: the others grow by the factor 1/(1 - p_i), all alike. *)
Theorem softmax_split lambda z i j : i != j ->
  exp (lambda * z j) / (\sum_(k < n | k != i) exp (lambda * z k)) * (1 - softmax lambda z i) = softmax lambda z j.
Proof.
move=> ij; have ji : j != i by rewrite eq_sym.
have s0 : 0 < \sum_(k < n | k != i) exp (lambda * z k).
  apply: Rlt_le_trans (exp_pos (lambda * z j)) _.
  by apply: (@sum_ge_term n (fun k => k != i) (fun k => exp (lambda * z k))) => // k _; apply: Rlt_le (exp_pos _).
rewrite /softmax /partition (sum_split i); have e0 := exp_pos (lambda * z i).
by field; lra.
Qed.

End Choice.
