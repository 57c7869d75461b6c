(** The signs of the Jacobian: a class gains from its own logit and loses from any other.

    Strictly so from two classes on; with one class nothing moves. A negative inverse temperature turns the signs
    round. As equivalences: jacobian_diag_gt0_iff, jacobian_offdiag_lt0_iff. The theorems called _needs refute a
    result without one of its hypotheses. *)

From Softmax Require Export jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Signs.
Variable n : nat.
Implicit Types (lambda : R) (z : 'I_n -> R) (i j k : 'I_n).

Lemma jac_diag lambda z i : jac lambda z i i = lambda * (softmax lambda z i * (1 - softmax lambda z i)).
Proof. by rewrite /jac delta_refl; ring. Qed.

Lemma jac_offdiag lambda z i j :
  i != j -> jac lambda z i j = - (lambda * (softmax lambda z i * softmax lambda z j)).
Proof. by move=> h; rewrite /jac delta_ne //; ring. Qed.

Lemma p_spread_gt0 lambda z i : (2 <= n)%N -> 0 < softmax lambda z i * (1 - softmax lambda z i).
Proof. by move=> /(softmax_lt1 lambda z i) h; have := p_gt0 lambda z i => ?; apply: Rmult_lt_0_compat; lra. Qed.

Lemma p_spread_ge0 lambda z i : 0 <= softmax lambda z i * (1 - softmax lambda z i).
Proof.
by have := p_le1 lambda z i => ?; have := p_gt0 lambda z i => ?; apply: Rmult_le_pos; lra.
Qed.

Lemma p_pair_gt0 lambda z i j : 0 < softmax lambda z i * softmax lambda z j.
Proof. by apply: Rmult_lt_0_compat; apply: p_gt0. Qed.

Theorem jacobian_diag_gt0 lambda z i : 0 < lambda -> (2 <= n)%N ->
  ex_partial (fun z => softmax lambda z i) z i /\
  partial (fun z => softmax lambda z i) z i > 0.
Proof. existing ex_p. by move=> h /(p_spread_gt0 lambda z i) ?; rewrite partial_softmax jac_diag; nra. Qed.

Theorem jacobian_diag_ge0 lambda z i : 0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z i /\
  partial (fun z => softmax lambda z i) z i >= 0.
Proof. existing ex_p. by move=> h; rewrite partial_softmax jac_diag; have := p_spread_ge0 lambda z i; nra. Qed.

Theorem jacobian_offdiag_lt0 lambda z i j : 0 < lambda -> i != j ->
  ex_partial (fun z => softmax lambda z i) z j /\
  partial (fun z => softmax lambda z i) z j < 0.
Proof. existing ex_p. by move=> h ij; rewrite partial_softmax jac_offdiag //; have := p_pair_gt0 lambda z i j; nra. Qed.

Theorem jacobian_diag_dominates lambda z i : 0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z i /\
  (forall k : 'I_n, k != i -> ex_partial (fun z => softmax lambda z k) z i) /\
  partial (fun z => softmax lambda z i) z i
  = - (\sum_(k < n | k != i) partial (fun z => softmax lambda z k) z i).
Proof. existing ex_p.
move=> h; have [_] := jacobian_column_sum0 z i h.
by rewrite (sum_split i); lra.
Qed.

Theorem negative_jacobian_diag_lt0 lambda z i :
  0 < lambda -> (2 <= n)%N ->
  ex_partial (fun z => softmax (- lambda) z i) z i /\
  partial (fun z => softmax (- lambda) z i) z i < 0.
Proof. existing ex_p. by move=> h /(p_spread_gt0 (- lambda) z i) ?; rewrite partial_softmax jac_diag; nra. Qed.

Theorem negative_jacobian_offdiag_gt0 lambda z i j :
  0 < lambda -> i != j ->
  ex_partial (fun z => softmax (- lambda) z i) z j /\
  partial (fun z => softmax (- lambda) z i) z j > 0.
Proof. existing ex_p. by move=> h ij; rewrite partial_softmax jac_offdiag //; have := p_pair_gt0 (- lambda) z i j; nra. Qed.

(** As equivalences. *)

Theorem jacobian_diag_gt0_iff lambda z i :
  0 < lambda -> 0 < partial (fun z => softmax lambda z i) z i <-> (2 <= n)%N.
Proof.
move=> h; split=> [|n2]; last by case: (jacobian_diag_gt0 z i h n2).
rewrite partial_softmax jac_diag => J; apply/(softmax_lt1 lambda z i).
have := p_le1 lambda z i; case: (Req_dec (softmax lambda z i) 1) => [e|]; last by lra.
by move: J; rewrite e; lra.
Qed.

Theorem jacobian_offdiag_lt0_iff lambda z i j :
  0 < lambda -> partial (fun z => softmax lambda z i) z j < 0 <-> i != j.
Proof.
move=> h; split=> [|ij]; last by case: (jacobian_offdiag_lt0 z h ij).
by case: eqP => // <-; have [_] := jacobian_diag_ge0 z i h; lra.
Qed.

End Signs.

Theorem jacobian_diag_one_class (lambda : R) (z : 'I_1 -> R) (i : 'I_1) :
  0 < lambda -> is_partial (fun z => softmax lambda z i) z i 0.
Proof.
move=> h; apply: is_partial_eq (is_partial_softmax lambda z i i) _.
by have := p_sum1_at lambda z i; rewrite jac_diag sum_one (ord1 i) => ->; ring.
Qed.

(** * What is needed *)

Lemma one_class_jac lambda (z : 'I_1 -> R) (i : 'I_1) : 0 < lambda -> partial (fun z => softmax lambda z i) z i = 0.
Proof. by move/(jacobian_diag_one_class z i)/is_partial_unique. Qed.

Theorem jacobian_diag_gt0_needs_1 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z i ->
  partial (fun z => softmax lambda z i) z i > 0.
Proof. by move=> /(_ 1%N 1 (fun _ => 0) ord0 Rlt_0_1 (ex_p _ _ _ _)); rewrite one_class_jac; lra. Qed.

Theorem jacobian_diag_gt0_needs_2 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n),
  0 < lambda -> (2 <= n)%N ->
  ex_partial (fun z => softmax (- lambda) z i) z i ->
  partial (fun z => softmax (- lambda) z i) z i > 0.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) ord0 Rlt_0_1 isT (ex_p _ _ _ _)).
by have [_] := negative_jacobian_diag_lt0 (fun _ => 0) (ord0 : 'I_2) Rlt_0_1 isT; lra.
Qed.

Theorem jacobian_diag_ge0_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax (- lambda) z i) z i ->
  partial (fun z => softmax (- lambda) z i) z i >= 0.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) ord0 Rlt_0_1 (ex_p _ _ _ _)).
by have [_] := negative_jacobian_diag_lt0 (fun _ => 0) (ord0 : 'I_2) Rlt_0_1 isT; lra.
Qed.

Theorem jacobian_diag_one_class_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z i ->
  partial (fun z => softmax lambda z i) z i = 0.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) ord0 Rlt_0_1 (ex_p _ _ _ _)).
by have [_] := jacobian_diag_gt0 (fun _ => 0) (ord0 : 'I_2) Rlt_0_1 isT; lra.
Qed.

Theorem jacobian_offdiag_lt0_needs_1 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z j ->
  partial (fun z => softmax lambda z i) z j < 0.
Proof. by move=> /(_ 1%N 1 (fun _ => 0) ord0 ord0 Rlt_0_1 (ex_p _ _ _ _)); rewrite one_class_jac; lra. Qed.

Theorem jacobian_offdiag_lt0_needs_2 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n),
  0 < lambda -> i != j ->
  ex_partial (fun z => softmax (- lambda) z i) z j ->
  partial (fun z => softmax (- lambda) z i) z j < 0.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) ord0 ord_max Rlt_0_1 isT (ex_p _ _ _ _)).
by have [_] := negative_jacobian_offdiag_gt0 (fun _ => 0) Rlt_0_1 (isT : ord0 != ord_max :> 'I_2); lra.
Qed.

Theorem negative_jacobian_diag_lt0_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax (- lambda) z i) z i ->
  partial (fun z => softmax (- lambda) z i) z i < 0.
Proof.
move=> /(_ 1%N 1 (fun _ => 0) ord0 Rlt_0_1 (ex_p _ _ _ _)); rewrite partial_softmax jac_diag.
have := p_sum1_at (- (1)) (fun _ : 'I_1 => 0) ord0; rewrite sum_one => ->; lra.
Qed.

Theorem negative_jacobian_offdiag_gt0_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n),
  0 < lambda ->
  ex_partial (fun z => softmax (- lambda) z i) z j ->
  partial (fun z => softmax (- lambda) z i) z j > 0.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) ord0 ord0 Rlt_0_1 (ex_p _ _ _ _)).
by have [_] := negative_jacobian_diag_lt0 (fun _ => 0) (ord0 : 'I_2) Rlt_0_1 isT; lra.
Qed.
