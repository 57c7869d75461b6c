(** What a change of the temperature does: the replicator equation, mean, variance and entropy.

      softmax_replicator       dp_i/dlambda = p_i (z_i - <z>): a class grows as it is above the mean
      softmax_dtemperature     dp_i/dT = - p_i (z_i - <z>) / T^2
      log_partition_slope      d(log Z)/dlambda = <z>
      mean_slope               d<v>/dlambda = <v z> - <v><z>, the covariance
      mean_slope_var           d<z>/dlambda = Var z >= 0, and = 0 just if z is constant
      entropy_softmax          H(p) = log Z - lambda <z>
      entropy_slope            dH/dlambda = - lambda Var z *)

From Softmax Require Export jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Temperature.
Variable n : nat.
Implicit Types (lambda T : R) (z v : 'I_n -> R) (i j k : 'I_n).

Theorem softmax_replicator lambda z i :
  is_derive (fun lambda => softmax lambda z i) lambda (softmax lambda z i * (z i - mean lambda z z)).
Proof.
apply: is_derive_eq (softmax_curve i (is_derive_id lambda) (fun k => is_derive_const (z k) lambda)) _.
have e k : @one R_AbsRing * z k + lambda * @zero R_NormedModule = z k by rewrite /one /zero /=; ring.
by rewrite e (mean_eq _ _ e).
Qed.

Theorem softmax_dtemperature T z i : T <> 0 ->
  is_derive (fun T => softmax (/ T) z i) T (- (softmax (/ T) z i * (z i - mean (/ T) z z)) / T ^ 2).
Proof.
move=> h; have hi : is_derive (fun T => / T) T (- / T ^ 2) by auto_derive => //; field.
apply: is_derive_eq (is_derive_comp _ _ _ _ _ (softmax_replicator (/ T) z i) hi) _.
by rewrite /scal /= /mult /=; field.
Qed.

Theorem log_partition_slope lambda z : (0 < n)%N ->
  is_derive (fun lambda => ln (partition lambda z)) lambda (mean lambda z z).
Proof.
move=> /class0 i; have hk k : is_derive (fun l => exp (l * z k)) lambda (exp (lambda * z k) * z k).
  by auto_derive => //; ring.
apply: is_derive_eq (is_derive_lnc _ (is_derive_bigsum (P := xpredT) (fun k _ => hk k))) _.
  exact: partition_gt0 i.
rewrite /mean /Rdiv -sum_scaler; apply: sum_eq => k _.
by rewrite /softmax /partition; field; apply: Rgt_not_eq (partition_gt0 lambda z i).
Qed.

Theorem mean_slope lambda z v :
  is_derive (fun lambda => mean lambda z v) lambda
    (mean lambda z (fun k => v k * z k) - mean lambda z v * mean lambda z z).
Proof.
have hk k : is_derive (fun l => softmax l z k * v k) lambda (softmax lambda z k * (z k - mean lambda z z) * v k).
  apply: is_derive_eq (is_derive_mult _ _ _ _ _ (softmax_replicator lambda z k) (is_derive_const (v k) lambda) _) _.
    by move=> a b; apply: Rmult_comm.
  by rewrite /plus /mult /zero /=; ring.
apply: is_derive_eq (is_derive_bigsum (P := xpredT) (fun k _ => hk k)) _.
rewrite /mean -sum_scaler -sum_sub; apply: sum_eq => k _.
by rewrite -/(mean lambda z z); ring.
Qed.

Theorem mean_slope_var lambda z : is_derive (fun lambda => mean lambda z z) lambda (var lambda z z).
Proof.
apply: is_derive_eq (mean_slope lambda z z) _; rewrite /var.
have e k : z k * z k = z k ^ 2 by ring.
by rewrite (mean_eq _ _ e); ring.
Qed.

Lemma entropy_softmax lambda z : (0 < n)%N ->
  entropy (softmax lambda z) = ln (partition lambda z) - lambda * mean lambda z z.
Proof.
move=> h; rewrite /entropy; have e k : softmax lambda z k * ln (softmax lambda z k) =
    lambda * (softmax lambda z k * z k) - ln (partition lambda z) * softmax lambda z k by rewrite ln_p; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_scale p_sum1 //  -/(mean lambda z z); ring.
Qed.

Theorem entropy_slope lambda z : (0 < n)%N ->
  is_derive (fun lambda => entropy (softmax lambda z)) lambda (- (lambda * var lambda z z)).
Proof.
move=> h; apply: (is_derive_ext (fun l => ln (partition l z) - l * mean l z z)).
  by move=> l; rewrite entropy_softmax.
have hm := is_derive_mult _ _ _ _ _ (is_derive_id lambda) (mean_slope_var lambda z) Rmult_comm.
apply: is_derive_eq (is_derive_minus _ _ _ _ _ (log_partition_slope lambda z h) hm) _.
by rewrite /minus /plus /opp /mult /one /=; ring.
Qed.

(** The signs: the mean rises with lambda, strictly unless all logits are equal. *)
Theorem mean_slope_gt0_iff lambda z : (0 < n)%N -> 0 < var lambda z z <-> exists k l, z k <> z l.
Proof.
move=> h; split=> [v0|[k [l kl]]]; last first.
  by case: (Rle_lt_or_eq_dec _ _ (var_ge0 lambda z z h)) => // /esym /(var_eq0 h) /(_ k l).
case: (Classical_Prop.classic (exists k l, z k <> z l)) => // no; exfalso.
have i := class0 h; have e k : z k = z i.
  by case: (Req_dec (z k) (z i)) => // ne; case: no; exists k, i.
move: v0; rewrite /var (mean_eq _ _ (fun k => f_equal (fun x => x ^ 2) (e k))) (mean_eq _ _ e).
by rewrite !mean_const //; lra.
Qed.

End Temperature.
