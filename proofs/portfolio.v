(** Softmax as the shares of a portfolio, compounding at the rates z_i for the time lambda.

    The statements are those of the chapter of that name; the mathematics is that of temperature.v. *)

From Softmax Require Export scaled_form temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Portfolio.
Variable n : nat.
Implicit Types (lambda c : R) (z v w : 'I_n -> R) (b i j k : 'I_n).

Theorem portfolio_shares lambda z i : 0 < lambda ->
  exp (lambda * z i) / (\sum_(k < n) exp (lambda * z k)) = softmax lambda z i.
Proof. by []. Qed.

Theorem portfolio_initial lambda z v i : 0 < lambda -> (forall k : 'I_n, v k > 0) ->
  v i * exp (lambda * z i) / (\sum_(l < n) (v l * exp (lambda * z l)))
  = exp (lambda * (z i + ln (v i) / lambda)) / (\sum_(l < n) exp (lambda * (z l + ln (v l) / lambda))).
Proof.
move=> l0 v0; have e k : exp (lambda * (z k + ln (v k) / lambda)) = v k * exp (lambda * z k).
  rewrite -{2}(exp_ln _ (v0 k)) -exp_plus; congr exp; field; lra.
by rewrite e (sum_eq (fun k _ => e k)).
Qed.

Theorem portfolio_replicator lambda z i : 0 < lambda ->
  is_derive (fun lambda => softmax lambda z i) lambda (softmax lambda z i * (z i - mean lambda z z)).
Proof. by move=> _; apply: softmax_replicator. Qed.

Theorem portfolio_growth lambda z : 0 < lambda -> (0 < n)%N ->
  is_derive (fun lambda => ln (partition lambda z)) lambda (mean lambda z z).
Proof. by move=> _; apply: log_partition_slope. Qed.

Theorem portfolio_mean_return lambda z : 0 < lambda -> (0 < n)%N ->
  ex_derive (fun lambda => mean lambda z z) lambda /\
  Derive (fun lambda => mean lambda z z) lambda >= 0.
Proof.
move=> _ h; split; first by eexists; apply: mean_slope_var.
by rewrite (is_derive_unique _ _ _ (mean_slope_var lambda z)); apply/Rle_ge/var_ge0.
Qed.

Theorem portfolio_odds lambda z i j : 0 < lambda ->
  is_derive (fun lambda => ln (softmax lambda z i / softmax lambda z j)) lambda (z i - z j).
Proof.
move=> _; apply: (is_derive_ext (fun l => l * (z i - z j))) => [l|]; first by rewrite p_odds ln_exp.
by auto_derive => //; ring.
Qed.

Theorem portfolio_rates lambda z b i : 0 < lambda -> z b = 0 ->
  ln (softmax lambda z i / softmax lambda z b) / lambda = z i.
Proof. exact: scaled_form_inverse. Qed.

Theorem portfolio_cash lambda z b : 0 < lambda -> z b = 0 ->
  is_derive (fun lambda => softmax lambda z b) lambda (- softmax lambda z b * mean lambda z z).
Proof. by move=> _ zb; apply: is_derive_eq (softmax_replicator lambda z b) _; rewrite zb; ring. Qed.

Theorem portfolio_periods lambda w i : 0 < lambda -> (forall k : 'I_n, w k > 0) ->
  Rpower (w i) lambda / (\sum_(l < n) Rpower (w l) lambda)
  = exp (lambda * ln (w i)) / (\sum_(l < n) exp (lambda * ln (w l))).
Proof. by []. Qed.

Theorem portfolio_later lambda z c i : 0 < lambda ->
  softmax lambda z i * exp (c * z i) / (\sum_(k < n) (softmax lambda z k * exp (c * z k))) = softmax (c + lambda) z i.
Proof.
move=> _; have Z0 := partition_gt0 lambda z i; have Z1 := partition_gt0 (c + lambda) z i.
have e k : softmax lambda z k * exp (c * z k) = exp ((c + lambda) * z k) * / partition lambda z.
  by rewrite Rmult_plus_distr_r exp_plus /softmax; field; lra.
by rewrite e (sum_eq (fun k _ => e k)) sum_scaler -/(partition (c + lambda) z) /softmax; field; lra.
Qed.

End Portfolio.

Lemma inv_to_right : filterlim Rinv (Rbar_locally p_infty) (at_right 0).
Proof.
move=> P [d hd]; exists (/ d) => x hx; have d0 := cond_pos d; have x0 : 0 < x by have := Rinv_0_lt_compat _ d0; lra.
have i0 := Rinv_0_lt_compat _ x0; apply: hd => //; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
rewrite Ropp_0 Rplus_0_r Rabs_pos_eq; last lra.
by rewrite -[pos d]Rinv_inv; apply: Rinv_lt_contravar => //; apply: Rmult_lt_0_compat => //; apply: Rinv_0_lt_compat.
Qed.

(** t log (1 + x/t) tends to x: discrete compounding becomes continuous. *)
Lemma compounding x : filterlim (fun t => t * ln (1 + x / t)) (Rbar_locally p_infty) (locally x).
Proof.
have d : is_derive (fun u => ln (1 + x * u)) 0 x by auto_derive; [lra | field; lra].
have := filterlim_comp _ _ _ _ _ _ _ _ inv_to_right (lim_quotient d).
rewrite Rmult_0_r Rplus_0_r ln_1 => h; apply: filterlim_ext h => t.
by rewrite Rminus_0_r /Rdiv Rinv_inv Rmult_comm.
Qed.

Lemma compounding_defined (n : nat) (z : 'I_n -> R) (i : 'I_n) : Rbar_locally p_infty (fun t =>
  (forall k, 0 < 1 + z k / t) /\ (forall k : 'I_n, t <> 0) /\ 0 < 1 + z i / t /\ t <> 0).
Proof.
pose w k := - z k; exists (Rmax 0 (vmax w)) => t ht; have t0 : 0 < t by have := Rmax_l 0 (vmax w); lra.
have p k : 0 < 1 + z k / t; last by repeat split => // *; lra.
have -> : 1 + z k / t = (t + z k) / t by field; lra.
by apply: Rdiv_lt_0_compat => //; have := Rmax_r 0 (vmax w); have : - z k <= vmax w := vmax_ge w k; lra.
Qed.

Theorem portfolio_compounding (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) : 0 < lambda ->
  Rbar_locally p_infty (fun t => (forall k : 'I_n, 0 < 1 + z k / t) /\ (forall k : 'I_n, t <> 0) /\ 0 < 1 + z i / t /\ t <> 0) /\
  filterlim (fun t => exp (lambda * t * ln (1 + z i / t)) / (\sum_(k < n) exp (lambda * t * ln (1 + z k / t))))
    (Rbar_locally p_infty) (locally (softmax lambda z i)).
Proof.
move=> _; split; first exact: compounding_defined.
have h k : filterlim (fun t => exp (lambda * t * ln (1 + z k / t))) (Rbar_locally p_infty)
    (locally (exp (lambda * z k))).
  refine (lim_ext _ (lim_comp _ (lim_mul (lim_const lambda) (@compounding (z k))))) => [t|]; first by congr exp; ring.
  exact: continuous_exp.
by refine (lim_div _ (h i) (lim_sum (P := xpredT) (fun k _ => h k))); apply: (partition_neq0 i).
Qed.

Theorem portfolio_rates_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (b i : 'I_n), 0 < lambda ->
  ln (softmax lambda z i / softmax lambda z b) / lambda = z i.
Proof. exact: scaled_form_inverse_needs. Qed.
