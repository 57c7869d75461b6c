(** Boltzmann's distribution: energies are the negatives of the logits, T = 1/lambda.

    Mean energy, free energy, entropy and heat capacity from the partition function, and independent systems. *)

From Softmax Require Export high_temperature two_classes.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Boltzmann.
Variable n : nat.
Implicit Types (lambda : R) (z y q epsilon : 'I_n -> R) (i j k l : 'I_n).

Theorem boltzmann_softmax lambda z epsilon i : 0 < lambda -> (forall k : 'I_n, z k = - epsilon k) ->
  exp (- epsilon i / (/ lambda)) / (\sum_(l < n) exp (- epsilon l / (/ lambda))) = softmax lambda z i.
Proof.
move=> l0 h; have e k : - epsilon k / (/ lambda) = lambda * z k by rewrite h; field; lra.
by rewrite e (sum_eq (fun k _ => f_equal exp (e k))).
Qed.

Theorem boltzmann_ratio_hot epsilon i j :
  filterlim (fun T => softmax (- 1 / T) epsilon j / softmax (- 1 / T) epsilon i) (Rbar_locally p_infty) (locally 1).
Proof.
have d : is_derive (fun u => exp (- u * (epsilon j - epsilon i))) 0 (- (epsilon j - epsilon i)).
  by auto_derive => //; rewrite Ropp_0 Rmult_0_l exp_0; ring.
have h0 : exp (- 0 * (epsilon j - epsilon i)) = 1 by rewrite Ropp_0 Rmult_0_l exp_0.
refine (lim_ext _ (lim_hot_derive d h0)) => T; rewrite p_odds; congr exp; rewrite /Rdiv; ring.
Qed.

Theorem boltzmann_order lambda z i j : 0 < lambda -> - z j <= - z i -> softmax lambda z j >= softmax lambda z i.
Proof.
move=> l0 h; apply: Rle_ge; apply: Rmult_le_compat_r; first exact: Rlt_le (Rinv_0_lt_compat _ (partition_gt0 _ _ i)).
by have : lambda * z i <= lambda * z j by [nra]; move=> [/exp_increasing|->]; lra.
Qed.

Lemma mean_opp lambda z v : mean lambda z (fun k => - v k) = - mean lambda z v.
Proof. by rewrite -sum_opp; apply: sum_eq => k _; ring. Qed.

Lemma inv_slope T : T <> 0 -> is_derive (fun T => / T) T (- / T ^ 2).
Proof. by move=> h; auto_derive => //; field. Qed.

(** A function of lambda, seen as one of T. *)
Lemma derive_T (f : R -> R) d T : T <> 0 -> is_derive f (/ T) d -> is_derive (fun T => f (/ T)) T (- d / T ^ 2).
Proof.
move=> h hf; apply: is_derive_eq (is_derive_comp f _ _ _ _ hf (inv_slope h)) _.
by rewrite /scal /= /mult /=; field.
Qed.

Lemma log_partition_T T z : T <> 0 -> (0 < n)%N ->
  is_derive (fun T => ln (partition (/ T) z)) T (- mean (/ T) z z / T ^ 2).
Proof. by move=> h n0; apply: (derive_T h (log_partition_slope (/ T) z n0)). Qed.

Theorem mean_energy lambda z : 0 < lambda -> (0 < n)%N ->
  ex_derive (fun T => ln (partition (/ T) z)) (/ lambda) /\
  (/ lambda) ^ 2 * Derive (fun T => ln (partition (/ T) z)) (/ lambda) = mean lambda z (fun k => - z k).
Proof.
move=> l0 h; have t0 : / lambda <> 0 by apply: Rinv_neq_0_compat; lra.
split; first by eexists; apply: (log_partition_T z t0 h).
by rewrite (is_derive_unique _ _ _ (log_partition_T z t0 h)) Rinv_inv mean_opp; field; lra.
Qed.

Theorem free_energy lambda z : 0 < lambda -> (0 < n)%N ->
  mean lambda z (fun k => - z k) - (/ lambda) * entropy (softmax lambda z) = - (/ lambda) * ln (partition lambda z).
Proof. by move=> l0 h; rewrite mean_opp entropy_softmax //; field; lra. Qed.

Lemma free_energy_slope T z : T <> 0 -> (0 < n)%N ->
  is_derive (fun T => - T * ln (partition (/ T) z)) T (- entropy (softmax (/ T) z)).
Proof.
move=> t0 h; have d : is_derive (fun T => - T) T (-1) by auto_derive.
apply: is_derive_eq (is_derive_mult _ _ _ _ _ d (log_partition_T z t0 h) Rmult_comm) _.
by rewrite entropy_softmax // /plus /mult /=; field.
Qed.

Theorem entropy_from_free_energy lambda z : 0 < lambda -> (0 < n)%N ->
  ex_derive (fun T => - T * ln (partition (/ T) z)) (/ lambda) /\
  - Derive (fun T => - T * ln (partition (/ T) z)) (/ lambda) = entropy (softmax lambda z).
Proof.
move=> l0 h; have t0 : / lambda <> 0 by apply: Rinv_neq_0_compat; lra.
split; first by eexists; apply: (free_energy_slope z t0 h).
by rewrite (is_derive_unique _ _ _ (free_energy_slope z t0 h)) Rinv_inv Ropp_involutive.
Qed.

(** The result below says the sign; this, the value. *)
Theorem heat_capacity_var T z : T <> 0 ->
  is_derive (fun T => mean (/ T) z (fun k => - z k)) T (var (/ T) z z / T ^ 2).
Proof.
move=> t0; apply: (is_derive_ext (fun T => - mean (/ T) z z)) => [t|]; first by rewrite mean_opp.
apply: is_derive_eq (is_derive_opp _ _ _ (derive_T t0 (mean_slope_var (/ T) z))) _.
by rewrite /opp /=; field.
Qed.

Theorem heat_capacity lambda z : 0 < lambda -> (0 < n)%N ->
  ex_derive (fun T => mean (/ T) z (fun k => - z k)) (/ lambda) /\
  Derive (fun T => mean (/ T) z (fun k => - z k)) (/ lambda) >= 0.
Proof.
move=> l0 h; have t0 := Rinv_0_lt_compat _ l0; have t1 : / lambda <> 0 by lra.
split; first by eexists; apply: (heat_capacity_var z t1).
rewrite (is_derive_unique _ _ _ (heat_capacity_var z t1)); apply: Rle_ge.
by apply: Rmult_le_pos (var_ge0 _ _ _ h) (Rlt_le _ _ (Rinv_0_lt_compat _ (pow_lt _ 2 t0))).
Qed.

Theorem capacity_limit_hot z : (0 < n)%N ->
  filterlim (fun T => var (/ T) z z / T ^ 2) (Rbar_locally p_infty) (locally 0).
Proof.
move=> h; have dm v := mean_slope 0 z v; have cm v := lim_hot (derive_continuous (dm v)).
have lv : filterlim (fun T => var (/ T) z z) (Rbar_locally p_infty) (locally (var 0 z z)).
  refine (lim_ext _ (lim_eq (lim_sub (cm (fun k => z k ^ 2)) (lim_mul (cm z) (cm z))) _)) => [T|]; rewrite /var; ring.
refine (lim_ext_loc (lim_eq (lim_mul lv (lim_mul inv_hot inv_hot)) _) _); first by ring.
by exists 0 => T T0; field; lra.
Qed.

Lemma mean_energy_slope T z : T <> 0 ->
  is_derive (fun T => mean (/ T) z (fun k => - z k)) T (var (/ T) z z / T ^ 2).
Proof.
move=> t0; have d := is_derive_opp _ _ _ (derive_T t0 (mean_slope_var (/ T) z)).
apply: is_derive_eq (is_derive_ext _ _ _ _ _ d) _ => [t|]; first by rewrite mean_opp.
by rewrite /opp /=; field.
Qed.

Lemma free_energy_slopes lambda z (F := fun T => - T * ln (partition (/ T) z)) : 0 < lambda -> (0 < n)%N ->
  locally (/ lambda) (fun T => is_derive F T (- entropy (softmax (/ T) z))) /\
  is_derive (Derive F) (/ lambda) (- (lambda ^ 3 * var lambda z z)).
Proof.
move=> l0 h; have t0 := Rinv_0_lt_compat _ l0; have t0' : / lambda <> 0 by lra.
have d1 : locally (/ lambda) (fun T => is_derive F T (- entropy (softmax (/ T) z))).
  exists (mkposreal _ t0) => T; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= => /Rabs_def2 [_ b].
  by apply: free_energy_slope => //; lra.
split=> //; apply: (is_derive_ext_loc (fun T => - entropy (softmax (/ T) z))).
  by apply: filter_imp d1 => T /is_derive_unique.
apply: is_derive_eq (is_derive_opp _ _ _ (derive_T t0' (entropy_slope (/ / lambda) z h))) _.
by rewrite Rinv_inv /opp /=; field; lra.
Qed.

Theorem free_energy_concave lambda z : 0 < lambda -> (0 < n)%N ->
  locally (/ lambda) (fun T => ex_derive (fun T => - T * ln (partition (/ T) z)) T) /\
  ex_derive (fun T => Derive (fun T => - T * ln (partition (/ T) z)) T) (/ lambda) /\
  Derive (fun T => Derive (fun T => - T * ln (partition (/ T) z)) T) (/ lambda) <= 0.
Proof.
move=> l0 h; have [d1 d2] := free_energy_slopes z l0 h.
split; first by apply: filter_imp d1 => T d; eexists; exact: d.
split; first by eexists; exact: d2.
rewrite (is_derive_unique _ _ _ d2); have := var_ge0 lambda z z h; have := pow_lt _ 3 l0; nra.
Qed.

Lemma second_cumulant z (l : R) : (0 < n)%N -> mean l z (fun k => z k ^ 2) - mean l z z * mean l z z =
  Derive (fun lambda => Derive (fun lambda => ln (partition lambda z)) lambda) l.
Proof.
move=> h; have d t : Derive (fun t => ln (partition t z)) t = mean t z z.
  exact: is_derive_unique _ _ _ (log_partition_slope t z h).
by rewrite (Derive_ext _ _ l d) (is_derive_unique _ _ _ (mean_slope_var l z)) /var; ring.
Qed.

Lemma third_slope lambda z : (0 < n)%N ->
  is_derive (fun lambda => Derive (fun lambda => Derive (fun lambda => ln (partition lambda z)) lambda) lambda) lambda
    (mean lambda z (fun l => (z l - mean lambda z z) ^ 3)).
Proof.
move=> h; pose m v := mean lambda z v; pose mu := m z.
apply: is_derive_ext (fun l : R => second_cumulant z l h) _.
have dz := mean_slope lambda z z; have hm := is_derive_mult _ _ _ _ _ dz dz Rmult_comm.
apply: is_derive_eq (is_derive_minus _ _ _ _ _ (mean_slope lambda z (fun k => z k ^ 2)) hm) _.
rewrite /minus /plus /opp /mult /= -/(m _) -/mu.
have e3 k : (z k - mu) ^ 3
    = z k * (z k * 1) * z k + (- (3 * mu) * (z k * (z k * 1)) + (3 * mu ^ 2 * z k + - mu ^ 3)) by ring.
have e2 k : z k * z k = z k * (z k * 1) by ring.
rewrite [X in _ = X](mean_eq _ _ e3) 3!mean_add !mean_scale mean_const // [in LHS](mean_eq _ _ e2) -/(m _) -/(m z) -/mu.
by rewrite /m; ring.
Qed.

Theorem third_cumulant lambda z : 0 < lambda -> (0 < n)%N ->
  locally lambda (fun lambda => locally lambda (fun lambda => ex_derive (fun lambda => ln (partition lambda z)) lambda)) /\
  locally lambda (fun lambda => ex_derive (fun lambda => Derive (fun lambda => ln (partition lambda z)) lambda) lambda) /\
  is_derive (fun lambda => Derive (fun lambda => Derive (fun lambda => ln (partition lambda z)) lambda) lambda) lambda
    (mean lambda z (fun l => (z l - mean lambda z z) ^ 3)).
Proof.
move=> _ h; split; first by do 2 apply: filter_forall => ?; eexists; apply: log_partition_slope.
split; last exact: third_slope.
apply: filter_forall => t; exists (var t z z); apply: is_derive_ext (mean_slope_var t z) => s.
by rewrite (is_derive_unique _ _ _ (log_partition_slope s z h)).
Qed.

Theorem independent_partition lambda z y : 0 < lambda -> (0 < n)%N ->
  \sum_(l < n) (\sum_(k < n) exp (lambda * (y k + z l)))
  = (\sum_(k < n) exp (lambda * y k)) * (\sum_(k < n) exp (lambda * z k)).
Proof.
move=> _ _; rewrite Rmult_comm sum_mul_sum; apply: sum_eq => l _; apply: sum_eq => k _.
by rewrite -exp_plus; congr exp; ring.
Qed.

Theorem independent_probability lambda z y i j : 0 < lambda ->
  exp (lambda * (y j + z i)) / (\sum_(l < n) (\sum_(k < n) exp (lambda * (y k + z l))))
  = softmax lambda y j * softmax lambda z i.
Proof.
move=> l0; rewrite (independent_partition z y l0 (class_some i)) -/(partition lambda y) -/(partition lambda z).
rewrite Rmult_plus_distr_l exp_plus /softmax; have := partition_gt0 lambda y i; have := partition_gt0 lambda z i.
by move=> ? ?; field; lra.
Qed.

Theorem gibbs_minimum lambda z q : 0 < lambda -> (0 < n)%N -> \sum_(l < n) q l = 1 -> (forall k : 'I_n, q k > 0) ->
  - ((/ lambda) * entropy q) - (\sum_(l < n) (q l * z l)) >= - (/ lambda) * ln (partition lambda z).
Proof.
move=> l0 h q1 q0; have hq : simplex q by split=> // k; apply: Rlt_le (q0 k).
have g := gibbs_principle lambda z hq h; have i0 := Rinv_0_lt_compat _ l0; apply: Rle_ge.
have -> : - (/ lambda * entropy q) - \sum_(l < n) (q l * z l)
  = - (/ lambda) * (lambda * (\sum_(l < n) (q l * z l)) + entropy q) by field; lra.
by nra.
Qed.

End Boltzmann.

(** * Two levels *)

Lemma tanh_half x : tanh (x / 2) = 2 * (1 / (1 + exp (- x))) - 1.
Proof. by rewrite logistic_tanh; lra. Qed.

Theorem schottky_slope x : is_derive (fun x => x ^ 2 * exp x / (1 + exp x) ^ 2) x
  (x * exp x * (2 - x * tanh (x / 2)) / (1 + exp x) ^ 2).
Proof.
have e0 := exp_pos x; rewrite tanh_half exp_Ropp; auto_derive; first by nra.
by field; repeat split; nra.
Qed.

Lemma two_level_mean lambda (z : 'I_2 -> R) : mean lambda z (fun k => - z k) =
  - (tanh (lambda * (z (class 1 of 2) - z (class 2 of 2)) / 2) * (z (class 1 of 2) / 2 - z (class 2 of 2) / 2))
  - z (class 1 of 2) / 2 - z (class 2 of 2) / 2.
Proof.
rewrite tanh_half /mean sum_two; have := p_sum1_at lambda z (class 1 of 2); rewrite sum_two.
have -> : - (lambda * (z (class 1 of 2) - z (class 2 of 2))) = - lambda * (z (class 1 of 2) - z (class 2 of 2)) by ring.
rewrite -(pair_logistic lambda z) => s; rewrite s Rdiv_1; move: s.
set p := softmax _ _ _; set q := softmax _ _ _ => s; have -> : q = 1 - p by lra.
by field.
Qed.

Theorem two_level_energy lambda (z : 'I_2 -> R) : 0 < lambda ->
  mean lambda z (fun k => - z k) =
  - (tanh ((z (class 1 of 2) - z (class 2 of 2)) / (2 * (/ lambda))) * (z (class 1 of 2) / 2 - z (class 2 of 2) / 2))
  - z (class 1 of 2) / 2 - z (class 2 of 2) / 2.
Proof.
move=> l0; rewrite two_level_mean; congr (- (tanh _ * _) - _ - _); field; lra.
Qed.

Lemma two_level_tanh lambda (z : 'I_2 -> R) : 0 < lambda ->
  tanh ((z (class 1 of 2) - z (class 2 of 2)) / (2 * (/ lambda)))
  = softmax lambda z (class 1 of 2) - softmax lambda z (class 2 of 2).
Proof.
move=> l0; have -> : (z (class 1 of 2) - z (class 2 of 2)) / (2 * / lambda)
  = lambda * (z (class 1 of 2) - z (class 2 of 2)) / 2 by field; lra.
rewrite (_ : tanh _ = 2 * (1 / (1 + exp (- lambda * (z (class 1 of 2) - z (class 2 of 2))))) - 1); last first.
  by rewrite -Ropp_mult_distr_l logistic_tanh; lra.
rewrite -(pair_logistic lambda z); have := p_sum1_at lambda z (class 1 of 2); rewrite sum_two => s; rewrite s; lra.
Qed.

Theorem two_level_capacity lambda (z : 'I_2 -> R) : 0 < lambda ->
  is_derive (fun T => mean (/ T) z (fun k => - z k)) (/ lambda)
    ((z (class 1 of 2) - z (class 2 of 2)) ^ 2
      * (1 - tanh ((z (class 1 of 2) - z (class 2 of 2)) / (2 * (/ lambda))) ^ 2) / (4 * (/ lambda) ^ 2)).
Proof.
move=> l0; have t0 : / lambda <> 0 by apply: Rinv_neq_0_compat; lra.
apply: is_derive_eq (mean_energy_slope z t0) _; rewrite Rinv_inv two_level_tanh // /var /mean !sum_two.
have := p_sum1_at lambda z (class 1 of 2); rewrite sum_two; set p := softmax _ _ _; set q := softmax _ _ _ => s.
by have -> : q = 1 - p by [lra]; field; lra.
Qed.

(** * What is needed *)

Theorem boltzmann_order_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n), 0 < lambda ->
  softmax lambda z j >= softmax lambda z i.
Proof.
pose z (k : 'I_2) := INR k; move=> /(_ 2%N 1 z (class 2 of 2) (class 1 of 2) Rlt_0_1) le.
have p1 := p_gt0 1 z (class 1 of 2); have odds := p_odds 1 z (class 2 of 2) (class 1 of 2).
have e : exp (1 * (z (class 2 of 2) - z (class 1 of 2))) = exp 1 by congr exp; rewrite /z /=; ring.
have e1 : 2 < exp 1 by have := @exp_ineq1 1; lra.
have : softmax 1 z (class 2 of 2) = exp 1 * softmax 1 z (class 1 of 2) by rewrite -e -odds; field; lra.
by nra.
Qed.

Theorem gibbs_minimum_needs : ~ forall (n : nat) (lambda : R) (z q : 'I_n -> R), 0 < lambda -> (0 < n)%N ->
  (forall k : 'I_n, q k > 0) ->
  - ((/ lambda) * entropy q) - (\sum_(l < n) (q l * z l)) >= - (/ lambda) * ln (partition lambda z).
Proof.
move=> /(_ 1%N 1 (fun _ => 2) (fun _ => 2) Rlt_0_1 isT (fun _ => Rlt_0_2)).
rewrite /entropy /partition !sum_one ln_exp Rinv_1.
have l2 : ln 2 < 2 - 1 by apply: ln_lt_sub1; lra.
by have l0 : 0 < ln 2 by [rewrite -ln_1; apply: ln_increasing; lra]; lra.
Qed.

Lemma sum_three (f : 'I_3 -> R) : \sum_(k < 3) f k = f (class 1 of 3) + f (class 2 of 3) + f (class 3 of 3).
Proof.
rewrite (sum_split (class 1 of 3)) (sum_pick (i := class 2 of 3)) // (sum_pick (i := class 3 of 3)) //= big_pred0; first by ring.
by case=> [[|[|[|m]]] h].
Qed.

Definition third (k : 'I_3) : R := if k == class 3 of 3 then 1 else 0.

Theorem two_level_energy_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (class1 class2 : 'I_n),
  0 < lambda -> class1 = 0%N :> nat -> class2 = 1%N :> nat -> (2 <= n)%N ->
  mean lambda z (fun k => - z k)
  = - (tanh ((z class1 - z class2) / (2 * (/ lambda))) * (z class1 / 2 - z class2 / 2)) - z class1 / 2 - z class2 / 2.
Proof.
move=> /(_ 3%N 1 third (class 1 of 3) (class 2 of 3) Rlt_0_1 erefl erefl isT).
rewrite /mean sum_three /third /=; have := p_gt0 1 third (class 3 of 3); rewrite /third /=.
set t := tanh _; set a := softmax _ _ _; set b := softmax _ _ _; set c := softmax _ _ _; lra.
Qed.

Theorem two_level_capacity_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (class1 class2 : 'I_n),
  0 < lambda -> class1 = 0%N :> nat -> class2 = 1%N :> nat -> (2 <= n)%N ->
  ex_derive (fun T => mean (/ T) z (fun k => - z k)) (/ lambda) ->
  Derive (fun T => mean (/ T) z (fun k => - z k)) (/ lambda)
  = softmax lambda z class1 * softmax lambda z class2 * (z class1 - z class2) ^ 2 / (/ lambda) ^ 2.
Proof.
have t0 : / 1 <> 0 by [rewrite Rinv_1; lra]; have d := mean_energy_slope third t0.
move=> /(_ 3%N 1 third (class 1 of 3) (class 2 of 3) Rlt_0_1 erefl erefl isT (ex_intro _ _ d)).
rewrite (is_derive_unique _ _ _ d) !Rinv_1 /third /= -/third.
have /(mean_slope_gt0_iff 1 third isT) : exists k l, third k <> third l.
  by exists (class 1 of 3), (class 3 of 3); rewrite /third /=; lra.
lra.
Qed.
