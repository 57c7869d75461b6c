(** The Jacobian of softmax, and what follows from it.

      softmax_curve         the master lemma: the derivative of softmax along any differentiable curve
                            (l t, z t) of inverse temperatures and logits
      is_partial_softmax    its instance in one logit: dp_i/dz_j = lambda p_i (delta_ij - p_j)
      jacobian_quad         v^T J v = lambda/2 sum_kl p_k p_l (v_k - v_l)^2
      jacobian_psd, jacobian_kernel
                            J is positive semidefinite, and J v = 0 just if v is constant: the kernel is span(1)

    J itself is written out: its entry is jac lambda z i j = lambda p_i (delta_ij - p_j). *)

From Softmax Require Export softmax.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma is_derive_expc (f : R -> R) (x d : R) : is_derive f x d -> is_derive (fun t => exp (f t)) x (exp (f x) * d).
Proof.
move=> h; apply: is_derive_eq (is_derive_comp exp f x _ _ _ h) _.
  by apply/is_derive_Reals/derivable_pt_lim_exp.
by rewrite /scal /= /mult /=; ring.
Qed.

Lemma is_derive_lnc (f : R -> R) (x d : R) :
  0 < f x -> is_derive f x d -> is_derive (fun t => ln (f t)) x (d / f x).
Proof.
move=> h0 h; apply: is_derive_eq (is_derive_comp ln f x _ _ _ h) _.
  by apply/is_derive_Reals/derivable_pt_lim_ln.
by [].
Qed.

Section Curve.
Variable n : nat.
Implicit Types (u z v : 'I_n -> R) (i j k : 'I_n).

Lemma is_derive_weight (u : R -> 'I_n -> R) (d : 'I_n -> R) (x : R) i :
  (forall k, is_derive (fun t => u t k) x (d k)) ->
  let p k := exp (u x k) / (\sum_(l < n) exp (u x l)) in
  is_derive (fun t => exp (u t i) / (\sum_(k < n) exp (u t k))) x (p i * (d i - \sum_(k < n) (p k * d k))).
Proof.
move=> h p; have s0 : \sum_(l < n) exp (u x l) <> 0 by apply: Rgt_not_eq (sum_gt0 i (fun k => exp_pos _)).
have hs := is_derive_bigsum (P := xpredT) (fun k _ => is_derive_expc (h k)).
apply: is_derive_eq (is_derive_div _ _ _ _ _ (is_derive_expc (h i)) hs s0) _.
have -> : \sum_(k < n) (p k * d k) = (\sum_(k < n) (exp (u x k) * d k)) / (\sum_(l < n) exp (u x l)).
  by rewrite /Rdiv -sum_scaler; apply: sum_eq => k _; rewrite /p; field.
by rewrite /p; field.
Qed.

Theorem softmax_curve (l : R -> R) (z : R -> 'I_n -> R) (l' x : R) (z' : 'I_n -> R) i :
  is_derive l x l' -> (forall k, is_derive (fun t => z t k) x (z' k)) ->
  let d k := l' * z x k + l x * z' k in
  is_derive (fun t => softmax (l t) (z t) i) x (softmax (l x) (z x) i * (d i - mean (l x) (z x) d)).
Proof.
move=> hl hz d; apply: (@is_derive_weight (fun t k => l t * z t k)) => k.
by apply: is_derive_mult (hl) (hz k) _ => a b; apply: Rmult_comm.
Qed.

Definition jac lambda z i j := lambda * softmax lambda z i * (delta i j - softmax lambda z j).

Lemma mean_delta lambda z j : mean lambda z (fun k => delta k j) = softmax lambda z j.
Proof. by rewrite -[RHS](sum_deltar j); apply: sum_eq => k _; rewrite delta_sym. Qed.

Lemma mean_scale lambda z c v : mean lambda z (fun k => c * v k) = c * mean lambda z v.
Proof. by rewrite -sum_scale; apply: sum_eq => k _; ring. Qed.

Lemma mean_const lambda z c : (0 < n)%N -> mean lambda z (fun _ => c) = c.
Proof. by move=> h; rewrite /mean sum_scaler p_sum1 //; ring. Qed.

Lemma mean_add lambda z v w : mean lambda z (fun k => v k + w k) = mean lambda z v + mean lambda z w.
Proof. by rewrite -sum_add; apply: sum_eq => k _; ring. Qed.

Lemma mean_eq lambda z v w : (forall k, v k = w k) -> mean lambda z v = mean lambda z w.
Proof. by move=> h; apply: sum_eq => k _; rewrite h. Qed.

Lemma is_partial_softmax lambda z i j : is_partial (fun z => softmax lambda z i) z j (jac lambda z i j).
Proof.
apply: is_derive_eq (softmax_curve i (is_derive_const lambda (z j)) (fun k => is_derive_upd z j k (z j))) _.
have e k : @zero R_AbsRing * upd z j (z j) k + lambda * delta k j = lambda * delta k j by rewrite /zero /=; ring.
rewrite e (mean_eq _ _ e) mean_scale mean_delta !(p_ext _ _ (upd_id z j)) /jac; ring.
Qed.

Lemma partial_softmax lambda z i j : partial (fun z => softmax lambda z i) z j = jac lambda z i j.
Proof. exact: is_partial_unique (is_partial_softmax lambda z i j). Qed.

Lemma ex_p lambda z i j : ex_partial (fun z => softmax lambda z i) z j.
Proof. by eexists; apply: is_partial_softmax. Qed.

Lemma jac_sym lambda z i j : jac lambda z i j = jac lambda z j i.
Proof. by rewrite /jac /delta eq_sym; case: eqP => [->|_]; ring. Qed.

Lemma jac_apply lambda z v i :
  \sum_(k < n) (v k * jac lambda z i k) = lambda * softmax lambda z i * (v i - mean lambda z v).
Proof.
have e k : v k * jac lambda z i k
    = lambda * softmax lambda z i * (v k * delta i k) - lambda * softmax lambda z i * (softmax lambda z k * v k).
  by rewrite /jac; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_scale sum_deltar -/(mean lambda z v); ring.
Qed.

Lemma jac_row0 lambda z i : \sum_(k < n) jac lambda z i k = 0.
Proof.
have := jac_apply lambda z (fun _ => 1) i; rewrite mean_const; last exact: class_some i.
by rewrite (sum_eq (fun k _ => Rmult_1_l (jac lambda z i k))) => ->; ring.
Qed.

(** The variance under p, as a sum over pairs. *)
Lemma var_pairs lambda z v : (0 < n)%N ->
  2 * var lambda z v = \sum_(k < n) (\sum_(l < n) (softmax lambda z k * softmax lambda z l * (v k - v l) ^ 2)).
Proof.
move=> h; pose p := softmax lambda z.
have e k : \sum_(l < n) (p k * p l * (v k - v l) ^ 2) =
    p k * v k ^ 2 - 2 * mean lambda z v * (p k * v k) + mean lambda z (fun k => v k ^ 2) * p k.
  rewrite -[p k * v k ^ 2]Rmult_1_r -(p_sum1 lambda z h) -sum_scale -!sum_scaler.
  rewrite (_ : 2 * mean lambda z v * (p k * v k) = \sum_(l < n) (2 * (p k * v k) * (p l * v l))).
    by rewrite -sum_sub -sum_add; apply: sum_eq => l _; rewrite /p; ring.
  by rewrite sum_scale -/(mean lambda z v); ring.
rewrite (sum_eq (fun k _ => e k)) sum_add sum_sub !sum_scale (p_sum1 lambda z h).
by rewrite /var -/(mean lambda z v) -/(mean lambda z (fun k => v k ^ 2)); ring.
Qed.

Lemma jac_quad lambda z v : (0 < n)%N ->
  \sum_(i < n) (\sum_(j < n) (v i * jac lambda z i j * v j)) = lambda * var lambda z v.
Proof.
move=> h; have e i : \sum_(j < n) (v i * jac lambda z i j * v j) =
    lambda * (softmax lambda z i * v i ^ 2) - lambda * mean lambda z v * (softmax lambda z i * v i).
  have -> : \sum_(j < n) (v i * jac lambda z i j * v j) = v i * (\sum_(j < n) (v j * jac lambda z i j)).
    by rewrite -sum_scale; apply: sum_eq => j _; ring.
  by rewrite jac_apply; ring.
by rewrite (sum_eq (fun i _ => e i)) sum_sub !sum_scale /var /mean; ring.
Qed.

Lemma var_ge0 lambda z v : (0 < n)%N -> 0 <= var lambda z v.
Proof.
move=> h; suff: 0 <= 2 * var lambda z v by lra.
rewrite var_pairs //; apply: sum_ge0 => k _; apply: sum_ge0 => l _.
apply: Rmult_le_pos; last exact: pow2_ge_0.
by apply: Rmult_le_pos; apply: Rlt_le (p_gt0 _ _ _).
Qed.

Lemma var_eq0 lambda z v : (0 < n)%N -> var lambda z v = 0 -> forall k l, v k = v l.
Proof.
move=> h e k l; have := var_pairs lambda z v h; rewrite e Rmult_0_r => /esym s0.
pose f k l := softmax lambda z k * softmax lambda z l * (v k - v l) ^ 2.
have f0 a b : 0 <= f a b.
  by apply: Rmult_le_pos (pow2_ge_0 _); apply: Rmult_le_pos; apply: Rlt_le (p_gt0 _ _ _).
have := sum_eq0 (f0 k) (sum_eq0 (fun a => sum_ge0 (P := xpredT) (fun b _ => f0 a b)) s0 k) l.
rewrite /f => /Rmult_integral [/Rmult_integral []|/sqr_eq0]; try by move/p_neq0.
lra.
Qed.

End Curve.

(** * The results *)

Section Results.
Variables (n : nat).
Implicit Types (lambda : R) (z v y : 'I_n -> R) (i j k : 'I_n).

Theorem softmax_jacobian lambda z i j : 0 < lambda ->
  is_partial (fun z => softmax lambda z i) z j (lambda * softmax lambda z i * (delta i j - softmax lambda z j)).
Proof. by move=> _; apply: is_partial_softmax. Qed.

Theorem jacobian_matrix lambda z i j : 0 < lambda ->
  is_partial (fun z => softmax lambda z i) z j
    (lambda * (softmax lambda z i * delta i j - softmax lambda z i * softmax lambda z j)).
Proof. by move=> _; apply: is_partial_eq (is_partial_softmax _ _ _ _) _; rewrite /jac; ring. Qed.

Theorem jacobian_sym lambda z i j : 0 < lambda ->
  ex_partial (fun z => softmax lambda z i) z j /\
  ex_partial (fun z => softmax lambda z j) z i /\
  partial (fun z => softmax lambda z i) z j = partial (fun z => softmax lambda z j) z i.
Proof. existing ex_p. by move=> _; rewrite !partial_softmax jac_sym. Qed.

Theorem jacobian_row_sum0 lambda z i : 0 < lambda ->
  (forall k : 'I_n, ex_partial (fun z => softmax lambda z i) z k) /\
  \sum_(k < n) partial (fun z => softmax lambda z i) z k = 0.
Proof. existing ex_p. by move=> _; rewrite (sum_eq (fun k _ => partial_softmax lambda z i k)) jac_row0. Qed.

Theorem jacobian_column_sum0 lambda z j : 0 < lambda ->
  (forall k : 'I_n, ex_partial (fun z => softmax lambda z k) z j) /\
  \sum_(k < n) partial (fun z => softmax lambda z k) z j = 0.
Proof. existing ex_p.
move=> _; apply: etrans (jac_row0 lambda z j); apply: sum_eq => k _.
by rewrite partial_softmax jac_sym.
Qed.

Theorem jacobian_direction lambda z v i : 0 < lambda ->
  (forall k : 'I_n, ex_partial (fun z => softmax lambda z i) z k) /\
  \sum_(k < n) (v k * partial (fun z => softmax lambda z i) z k)
  = lambda * softmax lambda z i * (v i - mean lambda z v).
Proof. existing ex_p.
by move=> _; rewrite -jac_apply; apply: sum_eq => k _; rewrite partial_softmax.
Qed.

Lemma is_partial_ln_p lambda z i j :
  is_partial (fun z => ln (softmax lambda z i)) z j (lambda * (delta i j - softmax lambda z j)).
Proof.
apply: is_partial_eq (is_derive_lnc _ (is_partial_softmax lambda z i j)) _; first exact: p_gt0.
by rewrite (p_ext _ _ (upd_id z j)) /jac; field; apply: p_neq0.
Qed.

Lemma ex_ln_p lambda z i j : ex_partial (fun z => ln (softmax lambda z i)) z j.
Proof. by eexists; apply: is_partial_ln_p. Qed.

Theorem log_softmax_gradient lambda z i j : 0 < lambda ->
  is_partial (fun z => ln (softmax lambda z i)) z j (lambda * (delta i j - softmax lambda z j)).
Proof. by move=> _; apply: is_partial_ln_p. Qed.

(** For any weights y at all; with sum 1 it is the familiar gradient. *)
Lemma is_partial_cross_entropy lambda z y j :
  is_partial (fun z => - (\sum_(k < n) (y k * ln (softmax lambda z k)))) z j
    (lambda * ((\sum_(k < n) y k) * softmax lambda z j - y j)).
Proof.
pose d k := y k * (lambda * (delta k j - softmax lambda z j)).
have h k : is_derive (fun t => y k * ln (softmax lambda (upd z j t) k)) (z j) (d k).
  exact: is_derive_scal (is_partial_ln_p lambda z k j).
apply: is_partial_eq (is_derive_opp _ _ _ (is_derive_bigsum (P := xpredT) (fun k _ => h k))) _.
have e k : d k = lambda * (y k * delta j k) - lambda * softmax lambda z j * y k by rewrite /d delta_sym; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_scale sum_deltar /opp /=; ring.
Qed.

Theorem cross_entropy_gradient lambda z y j : 0 < lambda -> \sum_(k < n) y k = 1 ->
  is_partial (fun z => - (\sum_(k < n) (y k * ln (softmax lambda z k)))) z j (lambda * (softmax lambda z j - y j)).
Proof. by move=> _ h; apply: is_partial_eq (is_partial_cross_entropy lambda z y j) _; rewrite h; ring. Qed.

(** * Beyond the claim language *)

Theorem jacobian_quad lambda z v : (0 < n)%N ->
  \sum_(i < n) (\sum_(j < n) (v i * partial (fun z => softmax lambda z i) z j * v j))
  = lambda * (\sum_(i < n) (\sum_(j < n | (i < j)%N) (softmax lambda z i * softmax lambda z j * (v i - v j) ^ 2))).
Proof.
move=> h; transitivity (lambda * var lambda z v).
  by rewrite -jac_quad //; apply: sum_eq => i _; apply: sum_eq => j _; rewrite partial_softmax.
congr (_ * _); have := var_pairs lambda z v h; rewrite sum_pairs; [lra | |] => *; ring.
Qed.

Theorem jacobian_quad_var lambda z v : (0 < n)%N ->
  \sum_(i < n) (\sum_(j < n) (v i * partial (fun z => softmax lambda z i) z j * v j)) = lambda * var lambda z v.
Proof.
by move=> h; rewrite -jac_quad //; apply: sum_eq => i _; apply: sum_eq => j _; rewrite partial_softmax.
Qed.

Theorem jacobian_psd lambda z v : 0 < lambda ->
  0 <= \sum_(i < n) (\sum_(j < n) (v i * partial (fun z => softmax lambda z i) z j * v j)).
Proof.
move=> h; case: (posnP n) => [n0|n0]; last by rewrite jacobian_quad_var //; have := var_ge0 lambda z v n0; nra.
by rewrite big1; [lra | move=> i; move: (ltn_ord i); rewrite {2}n0].
Qed.

(** The kernel of the Jacobian is exactly the constant vectors: its rank is n - 1. *)
Theorem jacobian_kernel lambda z v : lambda <> 0 ->
  (forall i, \sum_(j < n) (partial (fun z => softmax lambda z i) z j * v j) = 0) <-> exists c, forall k, v k = c.
Proof.
move=> h; have e i : \sum_(j < n) (partial (fun z => softmax lambda z i) z j * v j)
    = lambda * softmax lambda z i * (v i - mean lambda z v).
  by rewrite -jac_apply; apply: sum_eq => j _; rewrite partial_softmax; ring.
split=> [k0|[c vc] i]; last by rewrite e (mean_eq _ _ vc) vc mean_const ?(class_some i) //; ring.
exists (mean lambda z v) => k; have := k0 k; rewrite e.
by move=> /Rmult_integral [/Rmult_integral [|/p_neq0]|] //; lra.
Qed.

(** Equality in [jacobian_psd] just at the constant vectors. *)
Theorem jacobian_definite_up_to_constants lambda z v : 0 < lambda -> (0 < n)%N ->
  \sum_(i < n) (\sum_(j < n) (v i * partial (fun z => softmax lambda z i) z j * v j)) = 0 <->
  forall k l, v k = v l.
Proof.
move=> h n0; rewrite jacobian_quad_var //; split=> [|vc]; last first.
  have [i _] : exists i : 'I_n, true by exists (class0 n0).
  rewrite /var (mean_eq _ _ (fun k => f_equal (fun x => x ^ 2) (vc k i))) (mean_eq _ _ (fun k => vc k i)).
  by rewrite !mean_const //; ring.
by move=> /Rmult_integral [|/(var_eq0 n0)] //; lra.
Qed.

End Results.

(** * What is needed *)

(** The sum 1 is needed: at n = 1 and y = 0 the right side would be lambda, and the left is 0. *)
Theorem cross_entropy_gradient_needs : ~ forall (n : nat) (lambda : R) (z y : 'I_n -> R) (j : 'I_n), 0 < lambda ->
  ex_partial (fun z => - (\sum_(k < n) (y k * ln (softmax lambda z k)))) z j ->
  partial (fun z => - (\sum_(k < n) (y k * ln (softmax lambda z k)))) z j = lambda * (softmax lambda z j - y j).
Proof.
move=> /(_ 1%N 1 (fun _ => 0) (fun _ => 0) ord0 Rlt_0_1 (ex_intro _ _ (is_partial_cross_entropy _ _ _ _))).
rewrite (is_partial_unique (is_partial_cross_entropy 1 (fun _ => 0) (fun _ => 0) ord0)).
rewrite sum_const; have := p_gt0 1 (fun _ : 'I_1 => 0) ord0; lra.
Qed.
