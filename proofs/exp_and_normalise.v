(** Softmax in two steps, exp and normalise: what is due to the second step alone.

    Weights w are positive, and v_j is the slope of the first step, d w_j/d z_j.

      norm_slope      d(w_i/S)/d w_j = (delta_ij - w_i/S)/S with S = sum_k w_k *)

From Softmax Require Export zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Normalise.
Variable n : nat.
Implicit Types (w v y z : 'I_n -> R) (i j k : 'I_n).

Lemma norm_den_gt0 w i : (forall k, w k > 0) -> 0 < \sum_(l < n) w l.
Proof. exact: (sum_gt0 i). Qed.

Theorem normalise_gt0 w i : (forall k : 'I_n, w k > 0) -> w i / (\sum_(l < n) w l) > 0.
Proof. by move=> h; apply: Rdiv_lt_0_compat (h i) (norm_den_gt0 i h). Qed.

Theorem normalise_sum1 w : (0 < n)%N -> (forall k : 'I_n, w k > 0) ->
  \sum_(m < n) (w m / (\sum_(l < n) w l)) = 1.
Proof.
move=> /class0 i h; rewrite /Rdiv sum_scaler; apply: Rinv_r.
exact: Rgt_not_eq (norm_den_gt0 i h).
Qed.

Lemma norm_slope w i j : \sum_(l < n) w l <> 0 ->
  is_partial (fun w => w i / (\sum_(l < n) w l)) w j ((delta i j - w i / (\sum_(l < n) w l)) / (\sum_(l < n) w l)).
Proof.
move=> S0; have e : \sum_(l < n) upd w j (w j) l = \sum_(l < n) w l by apply: sum_eq => l _; rewrite upd_id.
have s0 : \sum_(l < n) upd w j (w j) l <> 0 by rewrite e.
have hs := is_derive_bigsum (P := xpredT) (fun k _ => is_derive_upd w j k (w j)).
apply: is_derive_eq (is_derive_div _ _ _ _ _ (is_derive_upd w j i (w j)) hs s0) _; rewrite e upd_id.
have -> : \sum_(k < n) delta k j = 1.
  by rewrite -[RHS](sum_delta j (fun _ => 1)); apply: sum_eq => k _; rewrite delta_sym; ring.
by field.
Qed.

Lemma norm_neq0 w i : (forall k, w k > 0) -> \sum_(l < n) w l <> 0.
Proof. by move=> /(norm_den_gt0 i); lra. Qed.

Lemma ex_norm w i j : (forall k, w k > 0) -> ex_partial (fun w => w i / (\sum_(l < n) w l)) w j.
Proof. by move=> h; eexists; apply: norm_slope (norm_neq0 i h). Qed.

Lemma partial_norm w i j : (forall k, w k > 0) ->
  partial (fun w => w i / (\sum_(l < n) w l)) w j = (delta i j - w i / (\sum_(l < n) w l)) / (\sum_(l < n) w l).
Proof. by move=> h; apply: is_partial_unique (norm_slope i j (Rgt_not_eq _ _ (norm_den_gt0 i h))). Qed.

Theorem normalise_jacobian w v i j : (forall k : 'I_n, w k > 0) ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w j /\
  v j * partial (fun w => w i / (\sum_(l < n) w l)) w j
  = v j * (delta i j - w i / (\sum_(l < n) w l)) / (\sum_(l < n) w l).
Proof. existing ex_norm. by move=> h; rewrite partial_norm // /Rdiv; ring. Qed.

Lemma norm_le1 w i : (forall k, w k > 0) -> w i / (\sum_(l < n) w l) <= 1.
Proof.
move=> h; have S0 := norm_den_gt0 i h; apply: (Rmult_le_reg_r _ _ _ S0).
have -> : w i / (\sum_(l < n) w l) * (\sum_(l < n) w l) = w i by field; lra.
by rewrite Rmult_1_l; apply: (@sum_ge_term n xpredT) => // k _; apply: Rlt_le (h k).
Qed.

Lemma norm_lt1 w i : (forall k, w k > 0) -> (2 <= n)%N -> w i / (\sum_(l < n) w l) < 1.
Proof.
move=> h /(other_class i) [j ij]; have S0 := norm_den_gt0 i h; apply: (Rmult_lt_reg_r _ _ _ S0).
have -> : w i / (\sum_(l < n) w l) * (\sum_(l < n) w l) = w i by field; lra.
rewrite Rmult_1_l (sum_split i); suff: w j <= \sum_(k < n | k != i) w k by have := h j; lra.
by apply: (@sum_ge_term n (fun k => k != i)) => [k _|]; [apply: Rlt_le (h k) | rewrite eq_sym].
Qed.

Theorem normalise_diag_gt0 w v i : (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k > 0) -> (2 <= n)%N ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w i /\
  v i * partial (fun w => w i / (\sum_(l < n) w l)) w i > 0.
Proof. existing ex_norm.
move=> h v0 n2; rewrite partial_norm // delta_refl; apply: Rmult_lt_0_compat (v0 i) _.
by apply: Rdiv_lt_0_compat (norm_den_gt0 i h); have := norm_lt1 i h n2; lra.
Qed.

Theorem normalise_offdiag_lt0 w v i j : (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k > 0) -> i != j ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w j /\
  v j * partial (fun w => w i / (\sum_(l < n) w l)) w j < 0.
Proof. existing ex_norm.
move=> h v0 ij; rewrite partial_norm // delta_ne //.
have a := Rdiv_lt_0_compat _ _ (normalise_gt0 i h) (norm_den_gt0 i h); have := v0 j.
by rewrite /Rminus Rplus_0_l /Rdiv -Ropp_mult_distr_l; rewrite /Rdiv in a; nra.
Qed.

Theorem normalise_diag_ge0 w v i : (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k >= 0) ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w i /\
  v i * partial (fun w => w i / (\sum_(l < n) w l)) w i >= 0.
Proof. existing ex_norm.
move=> h v0; rewrite partial_norm // delta_refl; apply: Rle_ge; apply: Rmult_le_pos; first exact: Rge_le (v0 i).
apply: Rmult_le_pos; first by have := norm_le1 i h; lra.
exact: Rlt_le (Rinv_0_lt_compat _ (norm_den_gt0 i h)).
Qed.

Theorem normalise_offdiag_le0 w v i j : (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k >= 0) -> i != j ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w j /\
  v j * partial (fun w => w i / (\sum_(l < n) w l)) w j <= 0.
Proof. existing ex_norm.
move=> h v0 ij; rewrite partial_norm // delta_ne //.
have a := Rdiv_lt_0_compat _ _ (normalise_gt0 i h) (norm_den_gt0 i h); have := v0 j.
by rewrite /Rminus Rplus_0_l /Rdiv -Ropp_mult_distr_l; rewrite /Rdiv in a; nra.
Qed.

Theorem exponential_shift z (a c t : R) i : a > 0 ->
  a * exp (c * (t + z i)) / (\sum_(k < n) (a * exp (c * (t + z k)))) = exp (c * z i) / (\sum_(k < n) exp (c * z k)).
Proof.
move=> a0; rewrite sum_scale; have Z0 := partition_gt0 c (fun k => t + z k) i.
rewrite -[RHS]/(softmax c z i) -(p_shift c z t) /softmax; rewrite /partition in Z0 *; field; lra.
Qed.

Theorem shift_ratio y w i j : (forall k : 'I_n, w k / (\sum_(l < n) w l) = y k / (\sum_(l < n) y l)) ->
  (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, y k > 0) -> y i / w i = y j / w j.
Proof.
move=> h w0 y0; have W := norm_den_gt0 i w0; have Y := norm_den_gt0 i y0.
suff e k : y k / w k = (\sum_(l < n) y l) / (\sum_(l < n) w l) by rewrite !e.
have wk := w0 k; have -> : y k = w k / (\sum_(l < n) w l) * (\sum_(l < n) y l) by rewrite h; field; lra.
by field; lra.
Qed.

Theorem much_larger lambda z (c : R) i : 0 < lambda ->
  (forall k : 'I_n, k != i -> lambda * (z i - z k) >= c) -> 1 - softmax lambda z i <= exp (- c) * (INR n - 1).
Proof.
move=> l0 h; have -> : - c = - lambda * (c / lambda) by field; lra.
apply: softmax_rate_cold => // k /h hk; apply: Rle_ge; apply: (Rmult_le_reg_l lambda) => //.
by have -> : lambda * (c / lambda) = c; [field; lra | lra].
Qed.

End Normalise.

(** * Another first step: softplus, log (1 + e^x) *)

Theorem softplus_convex x :
  locally x (fun x => ex_derive (fun x => ln (1 + exp x)) x) /\
  ex_derive (fun x => Derive (fun x => ln (1 + exp x)) x) x /\
  Derive (fun x => Derive (fun x => ln (1 + exp x)) x) x > 0.
Proof.
have e y := exp_pos y; have d y : is_derive (fun x => ln (1 + exp x)) y (exp y / (1 + exp y)).
  by auto_derive; [have := e y; lra | field; have := e y; lra].
have d2 : is_derive (fun y => exp y / (1 + exp y)) x (exp x / (1 + exp x) ^ 2).
  by auto_derive; [have := e x; lra | field; have := e x; lra].
have d3 := is_derive_ext _ _ _ _ (fun y => esym (is_derive_unique _ _ _ (d y))) d2.
split; first by apply: filter_forall => y; eexists; apply: d.
split; first by eexists; exact: d3.
rewrite (is_derive_unique _ _ _ d3); apply: Rdiv_lt_0_compat => //.
by apply: pow_lt; have := e x; lra.
Qed.

Theorem softplus_bound x : ln (1 + exp (2 * x)) / (ln (1 + exp x) + ln (1 + exp (2 * x))) < 2 / 3.
Proof.
have e0 := exp_pos x; have e2 : exp (2 * x) = exp x * exp x by rewrite -exp_plus; congr exp; ring.
have lt : ln (1 + exp (2 * x)) < 2 * ln (1 + exp x).
  have -> : 2 * ln (1 + exp x) = ln ((1 + exp x) * (1 + exp x)) by rewrite ln_mult; lra.
  by apply: ln_increasing; rewrite e2; nra.
have a0 : 0 < ln (1 + exp x) by rewrite -ln_1; apply: ln_increasing; lra.
have b0 : 0 < ln (1 + exp (2 * x)) by rewrite -ln_1; apply: ln_increasing; rewrite ?e2; nra.
apply: (Rmult_lt_reg_r (ln (1 + exp x) + ln (1 + exp (2 * x)))); first lra.
have -> : ln (1 + exp (2 * x)) / (ln (1 + exp x) + ln (1 + exp (2 * x))) * (ln (1 + exp x) + ln (1 + exp (2 * x)))
  = ln (1 + exp (2 * x)) by field; lra.
lra.
Qed.

(** log (1 + e^{l x})/l tends to x, for x > 0. *)
Lemma softplus_scaled x : 0 < x ->
  filterlim (fun l => ln (1 + exp (l * x)) / l) (Rbar_locally p_infty) (locally x).
Proof.
move=> x0; have nx : - x < 0 by lra.
have l1 : filterlim (fun l => ln (1 + exp (l * - x))) (Rbar_locally p_infty) (locally 0).
  refine (lim_eq (lim_comp (continuous_ln _ _) (lim_add (lim_const 1) (lim_exp nx))) _); first by lra.
  by rewrite Rplus_0_r ln_1.
refine (lim_ext_loc (lim_eq (lim_add (lim_const x) (lim_mul l1 inv_hot)) _) _); first by ring.
exists 0 => l l0; have e : 1 + exp (l * x) = exp (l * x) * (1 + exp (l * - x)).
  by rewrite Rmult_plus_distr_l -exp_plus (_ : l * x + l * - x = 0) ?exp_0; ring.
have p0 := exp_pos (l * - x); rewrite e ln_mult ?ln_exp; [by field; lra | exact: exp_pos | lra].
Qed.

Theorem softplus_limit (n : nat) (z : 'I_n -> R) (i : 'I_n) : (forall k : 'I_n, z k > 0) ->
  filterlim (fun lambda => ln (1 + exp (lambda * z i)) / (\sum_(l < n) ln (1 + exp (lambda * z l))))
    (Rbar_locally p_infty) (locally (z i / (\sum_(l < n) z l))).
Proof.
move=> h; have s0 : \sum_(l < n) z l <> 0 by apply: Rgt_not_eq (sum_gt0 i h).
refine (lim_ext_loc (lim_div s0 (softplus_scaled (h i)) (lim_sum (P := xpredT) (fun k _ => softplus_scaled (h k)))) _).
exists 0 => l l0; rewrite /Rdiv sum_scaler; have : 0 < \sum_(k < n) ln (1 + exp (l * z k)).
  by apply: (sum_gt0 i) => k; rewrite -ln_1; apply: ln_increasing; have := exp_pos (l * z k); lra.
by move=> ?; field; lra.
Qed.

(** * What is needed *)

Theorem normalise_gt0_needs : ~ forall (n : nat) (w : 'I_n -> R) (i : 'I_n),
  (\sum_(k < n) w k) <> 0 ->
  w i / (\sum_(k < n) w k) > 0.
Proof.
pose w (k : 'I_2) := 3 * INR k - 1; have s1 : \sum_(k < 2) w k = 1 by rewrite sum_two /w /=; ring.
by move=> /(_ 2%N w (class 1 of 2)); rewrite s1 /w /=; lra.
Qed.

Theorem normalise_diag_gt0_needs_1 : ~ forall (n : nat) (w v : 'I_n -> R) (i : 'I_n),
  (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k > 0) ->
  (\sum_(l < n) w l) <> 0 ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w i ->
  v i * partial (fun w => w i / (\sum_(l < n) w l)) w i > 0.
Proof.
move=> /(_ 1%N (fun _ => 1) (fun _ => 1) ord0 (fun _ => Rlt_0_1) (fun _ => Rlt_0_1)).
move=> /(_ (norm_neq0 ord0 (fun _ => Rlt_0_1)) (ex_norm _ _ (fun _ => Rlt_0_1))).
rewrite (partial_norm _ _ (fun _ => Rlt_0_1)) delta_refl sum_one; lra.
Qed.

Theorem normalise_diag_gt0_needs_2 : ~ forall (n : nat) (w v : 'I_n -> R) (i : 'I_n),
  (forall k : 'I_n, w k > 0) -> (2 <= n)%N ->
  (\sum_(l < n) w l) <> 0 ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w i ->
  v i * partial (fun w => w i / (\sum_(l < n) w l)) w i > 0.
Proof.
move=> /(_ 2%N (fun _ => 1) (fun _ => 0) ord0 (fun _ => Rlt_0_1) isT (norm_neq0 ord0 (fun _ => Rlt_0_1))).
by move=> /(_ (ex_norm _ _ (fun _ => Rlt_0_1))); rewrite Rmult_0_l; lra.
Qed.

Theorem normalise_diag_gt0_needs_3 : ~ forall (n : nat) (w v : 'I_n -> R) (i : 'I_n),
  (forall k : 'I_n, v k > 0) -> (2 <= n)%N ->
  (\sum_(l < n) w l) <> 0 ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w i ->
  v i * partial (fun w => w i / (\sum_(l < n) w l)) w i > 0.
Proof.
pose w (k : 'I_2) := INR k; have s1 : \sum_(l < 2) w l = 1 by rewrite sum_two /w /=; ring.
have s0 : \sum_(l < 2) w l <> 0 by rewrite s1; lra.
move=> /(_ 2%N w (fun _ => 1) (class 2 of 2) (fun _ => Rlt_0_1) isT s0 (ex_intro _ _ (norm_slope _ _ s0))).
by rewrite (is_partial_unique (norm_slope _ _ s0)) delta_refl s1 /w /=; lra.
Qed.

Theorem normalise_offdiag_lt0_needs_1 : ~ forall (n : nat) (w v : 'I_n -> R) (i j : 'I_n),
  (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, v k > 0) ->
  (\sum_(l < n) w l) <> 0 ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w j ->
  v j * partial (fun w => w i / (\sum_(l < n) w l)) w j < 0.
Proof.
move=> /(_ 1%N (fun _ => 1) (fun _ => 1) ord0 ord0 (fun _ => Rlt_0_1) (fun _ => Rlt_0_1)).
move=> /(_ (norm_neq0 ord0 (fun _ => Rlt_0_1)) (ex_norm _ _ (fun _ => Rlt_0_1))).
rewrite (partial_norm _ _ (fun _ => Rlt_0_1)) delta_refl sum_one; lra.
Qed.

Theorem normalise_offdiag_lt0_needs_2 : ~ forall (n : nat) (w v : 'I_n -> R) (i j : 'I_n),
  (forall k : 'I_n, w k > 0) -> i != j ->
  (\sum_(l < n) w l) <> 0 ->
  ex_partial (fun w => w i / (\sum_(l < n) w l)) w j ->
  v j * partial (fun w => w i / (\sum_(l < n) w l)) w j < 0.
Proof.
move=> /(_ 2%N (fun _ => 1) (fun _ => 0) ord0 ord_max (fun _ => Rlt_0_1) isT (norm_neq0 ord0 (fun _ => Rlt_0_1))).
by move=> /(_ (ex_norm _ _ (fun _ => Rlt_0_1))); rewrite Rmult_0_l; lra.
Qed.

Theorem shift_ratio_needs : ~ forall (n : nat) (y w : 'I_n -> R) (i j : 'I_n),
  (forall k : 'I_n, w k > 0) -> (forall k : 'I_n, y k > 0) ->
  w i <> 0 ->
  w j <> 0 ->
  y i / w i = y j / w j.
Proof.
have y0 (k : 'I_2) : 1 + INR k > 0 by have := pos_INR k; lra.
move=> /(_ 2%N (fun k => 1 + INR k) (fun _ => 1) (class 1 of 2) (class 2 of 2) (fun _ => Rlt_0_1) y0 R1_neq_R0 R1_neq_R0) /=; lra.
Qed.

Theorem much_larger_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (c : R) (i : 'I_n), 0 < lambda ->
  1 - softmax lambda z i <= exp (- c) * (INR n - 1).
Proof.
move=> h; apply: softmax_rate_cold_needs => n lambda z c i l0.
by have := h n lambda z (lambda * c) i l0; rewrite -Ropp_mult_distr_l.
Qed.

Theorem softplus_limit_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n),
  (\sum_(k < n) z k) <> 0 ->
  filterlim (fun lambda => ln (1 + exp (lambda * z i)) / (\sum_(k < n) ln (1 + exp (lambda * z k))))
    (Rbar_locally p_infty) (locally (z i / (\sum_(k < n) z k))).
Proof.
pose z (k : 'I_2) := 1 - 3 * INR k; have s0 : \sum_(k < 2) z k <> 0 by rewrite sum_two /z /=; lra.
move=> /(_ 2%N z (class 1 of 2) s0) h; have e : z (class 1 of 2) / (\sum_(k < 2) z k) = - (1) by rewrite sum_two /z /=; field.
have l0 x : 0 < ln (1 + exp x) by rewrite -ln_1; apply: ln_increasing; have := exp_pos x; lra.
have le l : 0 <= ln (1 + exp (l * z (class 1 of 2))) / (\sum_(k < 2) ln (1 + exp (l * z k))).
  rewrite sum_two; have a := l0 (l * z (class 1 of 2)); have b := l0 (l * z (class 2 of 2)).
  by apply: Rlt_le; apply: Rdiv_lt_0_compat; lra.
rewrite e in h; have b : Rbar_le 0 (- (1)).
  by refine (filterlim_le _ _ 0 (- (1)) (filter_forall _ le) (lim_const 0) h).
by move: b => /=; lra.
Qed.
