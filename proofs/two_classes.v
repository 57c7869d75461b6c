(** Two classes: softmax is the logistic function 1/(1 + exp (-x)) of the difference of the logits.

    In any number of classes the same holds of the probability of one class, given that it is one of two.

      logistic x        1 / (1 + exp (- x)); the statements write it out *)

From Softmax Require Export sign_structure.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition logistic x := 1 / (1 + exp (- x)).

Lemma logistic_den_gt0 x : 0 < 1 + exp (- x).
Proof. by have := exp_pos (- x); lra. Qed.

Lemma logistic_den_neq0 x : 1 + exp (- x) <> 0.
Proof. exact: Rgt_not_eq (logistic_den_gt0 x). Qed.

Lemma logistic_gt0 x : 0 < 1 / (1 + exp (- x)).
Proof. by apply: Rdiv_lt_0_compat (logistic_den_gt0 x); lra. Qed.

Lemma logistic_rest x : 1 - 1 / (1 + exp (- x)) = exp (- x) * (1 / (1 + exp (- x))).
Proof. by field; apply: logistic_den_neq0. Qed.

Theorem logistic_derivative x :
  is_derive (fun x => 1 / (1 + exp (- x))) x ((1 - 1 / (1 + exp (- x))) / (1 + exp (- x))).
Proof. by auto_derive; [apply: logistic_den_neq0 | field; apply: logistic_den_neq0]. Qed.

Theorem logistic_symmetry x : 1 / (1 + exp x) = 1 - 1 / (1 + exp (- x)).
Proof.
rewrite logistic_rest exp_Ropp; have := exp_pos x => ?.
by field; split; lra.
Qed.

Theorem logistic_tanh x : 1 / (1 + exp (- x)) = tanh (x / 2) / 2 + 1 / 2.
Proof.
have e : exp x = exp (x / 2) * exp (x / 2) by rewrite -exp_plus; congr exp; field.
rewrite /tanh /sinh /cosh !exp_Ropp e; have := exp_pos (x / 2) => ?.
by field; repeat split; nra.
Qed.

Theorem logistic_log_odds x : ln (1 / (1 + exp (- x))) - ln (1 - 1 / (1 + exp (- x))) = x.
Proof.
rewrite logistic_rest ln_mult ?ln_exp; [ring | exact: exp_pos | exact: logistic_gt0].
Qed.

Theorem softmax_log_odds (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  0 < lambda -> ln (softmax lambda z i / softmax lambda z j) = lambda * (z i - z j).
Proof. by move=> _; rewrite p_odds ln_exp. Qed.

Lemma pair_logistic (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) :
  softmax lambda z i / (softmax lambda z i + softmax lambda z j) = 1 / (1 + exp (- lambda * (z i - z j))).
Proof.
have -> : exp (- lambda * (z i - z j)) = softmax lambda z j / softmax lambda z i.
  by rewrite p_odds; congr exp; ring.
have := p_gt0 lambda z i => ?; have := p_gt0 lambda z j => ?; field; lra.
Qed.

Theorem pairwise_logistic (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n) : 0 < lambda ->
  softmax lambda z i / (softmax lambda z i + softmax lambda z j) = 1 / (1 + exp (- lambda * (z i - z j))).
Proof. by move=> _; apply: pair_logistic. Qed.

Section TwoClasses.
Implicit Type z : 'I_2 -> R.

Theorem two_class_logistic lambda z : 0 < lambda ->
  softmax lambda z (class 1 of 2) = 1 / (1 + exp (- lambda * (z (class 1 of 2) - z (class 2 of 2)))).
Proof.
by move=> _; rewrite -pair_logistic -sum_two (p_sum1_at lambda z (class 1 of 2)) Rdiv_1.
Qed.

Theorem two_class_derivative lambda z : 0 < lambda ->
  is_partial (fun z => softmax lambda z (class 1 of 2)) z (class 1 of 2)
    (lambda * softmax lambda z (class 1 of 2) * softmax lambda z (class 2 of 2)).
Proof.
move=> _; apply: is_partial_eq (is_partial_softmax lambda z _ _) _; rewrite jac_diag.
by have := p_sum1_at lambda z (class 1 of 2); rewrite sum_two => ?; rewrite Rmult_assoc; congr (_ * (_ * _)); lra.
Qed.

End TwoClasses.

(** * What is needed: with a third class both fail *)

Lemma uniform3 (i : 'I_3) : softmax 1 (fun _ => 0) i = 1 / 3.
Proof.
by rewrite /softmax /partition sum_const Rmult_0_r exp_0 /=; field.
Qed.

Theorem two_class_logistic_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (class1 class2 : 'I_n),
  0 < lambda -> class1 = 0%N :> nat -> class2 = 1%N :> nat -> (2 <= n)%N ->
  softmax lambda z class1 = 1 / (1 + exp (- lambda * (z class1 - z class2))).
Proof.
move=> /(_ 3%N 1 (fun _ => 0) (class 1 of 3) (class 2 of 3) Rlt_0_1 erefl erefl isT).
by rewrite uniform3 Rminus_0_r Rmult_0_r exp_0; lra.
Qed.

Theorem two_class_derivative_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (class1 class2 : 'I_n),
  0 < lambda -> class1 = 0%N :> nat -> class2 = 1%N :> nat -> (2 <= n)%N ->
  ex_partial (fun z => softmax lambda z class1) z class1 ->
  partial (fun z => softmax lambda z class1) z class1 = lambda * softmax lambda z class1 * softmax lambda z class2.
Proof.
move=> /(_ 3%N 1 (fun _ => 0) (class 1 of 3) (class 2 of 3) Rlt_0_1 erefl erefl isT (ex_p _ _ _ _)).
by rewrite partial_softmax jac_diag !uniform3; lra.
Qed.
