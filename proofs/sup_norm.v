(** How far softmax moves if no logit moves by more than d: by lambda d, summed over the classes, and no less will do.

    The 1-norm of a change of probabilities is twice the largest change of the probability of any set of classes.

      sup_norm v                 the largest |v_k|, the maximum norm
      cov_le_sup                 |<s v> - <s><v>| <= sup_norm v for any signs s
      softmax_lipschitz_sup      sum_k |p_k(z) - p_k(w)| <= lambda sup_norm (z - w)
      lipschitz_sup_sharp        no constant below lambda will do, for any n >= 2: half the weight on one class, which
                                 goes up as all others go down *)

From Softmax Require Export sharp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section SupNorm.
Variable n : nat.
Implicit Types (lambda c : R) (z w v s : 'I_n -> R) (i j k : 'I_n).

Definition sup_norm v := vmax (fun k => Rabs (v k)).
Definition sum_abs v := \sum_(k < n) Rabs (v k).

Lemma sup_norm_ge v k : Rabs (v k) <= sup_norm v.
Proof. exact: (vmax_ge (fun k => Rabs (v k))). Qed.

Lemma var_le_sq lambda z v m : (forall k, Rabs (v k) <= m) -> (0 < n)%N -> var lambda z v <= m ^ 2.
Proof.
move=> h n0; have := pow2_ge_0 (mean lambda z v).
suff : mean lambda z (fun k => v k ^ 2) <= m ^ 2 by rewrite /var; lra.
rewrite -[m ^ 2](mean_const lambda z _ n0); apply: sum_le => k _.
by apply: Rmult_le_compat_l; [apply: Rlt_le (p_gt0 _ _ _) | apply: pow_maj_Rabs].
Qed.

Lemma cov_sym lambda z v w : cov lambda z v w = cov lambda z w v.
Proof. by rewrite /cov (mean_eq _ _ (fun k => Rmult_comm (v k) (w k))); ring. Qed.

Lemma sup_norm_ge0 v : (0 < n)%N -> 0 <= sup_norm v.
Proof. by move=> /class0 i; apply: Rle_trans (Rabs_pos _) (sup_norm_ge v i). Qed.

Lemma sup_norm_eq0 v : sup_norm v = 0 -> forall k, v k = 0.
Proof.
move=> m0 k; have := sup_norm_ge v k; rewrite m0 => h; apply: Rabs_eq_0.
by have := Rabs_pos (v k); lra.
Qed.

Theorem cov_le_sup lambda z v s : (0 < n)%N -> (forall k, Rabs (s k) <= 1) -> cov lambda z s v <= sup_norm v.
Proof.
move=> h s1; have := cov_le lambda z v s (sup_norm v) h.
have := var_le_sq lambda z s1 h; have := var_le_sq lambda z (sup_norm_ge v) h; rewrite (cov_sym lambda z s).
case: (sup_norm_ge0 v h) => [m0|/esym m0]; first by nra.
have v0 := sup_norm_eq0 m0; have e k : v k * s k = 0 by rewrite v0; ring.
by rewrite /cov (mean_eq _ _ e) (mean_eq _ _ v0) !mean_const // m0; lra.
Qed.

Definition sign x := if Rle_dec 0 x then 1 else -1.

Lemma sign_le1 x : Rabs (sign x) <= 1.
Proof. by rewrite /sign; case: (Rle_dec 0 x) => h; rewrite ?Rabs_Ropp Rabs_R1; lra. Qed.

Lemma sign_mul x : x * sign x = Rabs x.
Proof.
rewrite /sign; case: (Rle_dec 0 x) => h /=; first by rewrite (Rabs_pos_eq x h); ring.
by rewrite (Rabs_left x (Rnot_le_lt _ _ h)); ring.
Qed.

(** Along the line from w to z the changes, each with its sign, add up at the rate lambda cov. *)
Theorem softmax_lipschitz_sup lambda z w : 0 < lambda -> (0 < n)%N ->
  sum_abs (fun k => softmax lambda z k - softmax lambda w k) <= lambda * sup_norm (fun k => z k - w k).
Proof.
move=> l0 h; pose d k := z k - w k; pose s k := sign (softmax lambda z k - softmax lambda w k).
pose c t k := w k + t * d k; have [t mvt] := mean_value (fun t => line_slope lambda w d s t).
have c1 k : c 1 k = z k by rewrite /c /d; ring.
have c0 k : c 0 k = w k by rewrite /c; ring.
have e k : (softmax lambda z k - softmax lambda w k) * s k = Rabs (softmax lambda z k - softmax lambda w k).
  exact: sign_mul.
rewrite /sum_abs -(sum_eq (fun k _ => e k)) -/(dot _ s) -(dot_ends lambda s c1 c0) mvt.
by apply: Rmult_le_compat_l; [lra | apply: cov_le_sup => // k; apply: sign_le1].
Qed.

Definition lipschitz_sup lambda c := forall z w,
  sum_abs (fun k => softmax lambda z k - softmax lambda w k) <= c * sup_norm (fun k => z k - w k).

Lemma sup_norm_const v c : (0 < n)%N -> (forall k, Rabs (v k) = c) -> sup_norm v = c.
Proof. by move=> h e; rewrite /sup_norm; have [k ->] := vmax_attained (fun k => Rabs (v k)) h. Qed.

Lemma dot_le_sum_abs d v : (forall k, Rabs (v k) = 1) -> dot d v <= sum_abs d.
Proof.
by move=> v1; apply: sum_le => k _; rewrite -[Rabs (d k)]Rmult_1_r -(v1 k) -Rabs_mult; apply: Rle_abs.
Qed.

(** Along a direction of plus and minus ones the slope is lambda Var. *)
Lemma lipschitz_sup_slope lambda c z v : (0 < n)%N -> (forall k, Rabs (v k) = 1) -> lipschitz_sup lambda c ->
  lambda * var lambda z v <= c.
Proof.
move=> h v1 lip; pose zt t k := z k + t * v k; pose g t := dot (softmax lambda (zt t)) v.
refine (at_most (lim_quotient (along_slope lambda z v)) _); exists (mkposreal 1 Rlt_0_1) => t _ t0.
have e k : Rabs (zt t k - zt 0 k) = t.
  by rewrite (_ : _ - _ = t * v k) ?Rabs_mult ?v1 ?Rabs_pos_eq; rewrite /zt; lra.
have := lip (zt t) (zt 0); rewrite (sup_norm_const h e) => le; apply: (Rmult_le_reg_r _ _ _ t0).
have -> : (g t - g 0) / t * t = g t - g 0 by field; apply: Rgt_not_eq t0.
apply: Rle_trans le; apply: Rle_trans (dot_le_sum_abs _ v1); apply: Req_le.
by rewrite /g /dot -sum_sub; apply: sum_eq => k _; ring.
Qed.

(** Class a has as much weight as all others together: there the signs + at a and - elsewhere have the mean 0. *)
Definition balanced a lambda k := delta a k * (ln (INR n - 1) / lambda).
Definition against a k := 2 * delta a k - 1.

Lemma delta_sq a k : delta a k ^ 2 = delta a k.
Proof. by rewrite /delta; case: eqP => _; ring. Qed.

Lemma p_balanced a lambda : 0 < lambda -> (2 <= n)%N -> softmax lambda (balanced a lambda) a = 1 / 2.
Proof.
move=> l0 n2; have m0 : 0 < INR n - 1 by have := lt_INR _ _ (elimT ltP n2); rewrite /=; lra.
rewrite /softmax /partition (sum_split a) (sum_eq (g := fun _ => 1)) => [|k ka].
  rewrite (sum_except a (fun _ => 1)) sum_const /balanced delta_refl.
  by rewrite (_ : lambda * _ = ln (INR n - 1)) ?exp_ln //; field; lra.
by rewrite /balanced delta_ne 1?eq_sym // Rmult_0_l Rmult_0_r exp_0.
Qed.

Theorem lipschitz_sup_sharp lambda c : 0 < lambda -> (2 <= n)%N -> lipschitz_sup lambda c -> lambda <= c.
Proof.
move=> l0 n2 lip; have h : (0 < n)%N by exact: ltn_trans n2.
have a := class0 h; have v1 k : Rabs (against a k) = 1.
  by rewrite /against /delta; case: eqP => _; rewrite /Rabs; case: Rcase_abs; lra.
have := lipschitz_sup_slope (balanced a lambda) h v1 lip; rewrite /var.
have sq k : against a k ^ 2 = 1 by rewrite /against /delta; case: eqP => _; ring.
have e k : against a k = 2 * delta k a + - (1) by rewrite /against delta_sym; ring.
rewrite (mean_eq _ _ sq) (mean_eq _ _ e) mean_add mean_scale !mean_const // mean_delta p_balanced //; lra.
Qed.

End SupNorm.
