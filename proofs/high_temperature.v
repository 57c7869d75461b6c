(** High temperature, T -> oo or lambda -> 0+: every class becomes equally likely.

    Everything here is continuous, and differentiable, in lambda at 0: the limits are values at lambda = 0, and the
    first-order terms derivatives there.

      Rbar_locally p_infty    the filter of limits T -> oo
      at_right 0              that of limits lambda -> 0+ *)

From Softmax Require Export logsumexp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Limits of functions of lambda = 1/T *)

Lemma inv_hot : filterlim (fun T => / T) (Rbar_locally p_infty) (locally 0).
Proof. exact: (is_lim_inv (fun T => T) p_infty p_infty (is_lim_id p_infty)). Qed.

Lemma lim_hot (f : R -> R) : continuous f 0 -> filterlim (fun T => f (/ T)) (Rbar_locally p_infty) (locally (f 0)).
Proof. by move=> h; apply: filterlim_comp inv_hot h. Qed.

Lemma derive_continuous (f : R -> R) (x d : R) : is_derive f x d -> continuous f x.
Proof. by move=> h; apply: ex_derive_continuous; exists d. Qed.

Lemma lim_hot_derive (f : R -> R) (d a : R) :
  is_derive f 0 d -> f 0 = a -> filterlim (fun T => f (/ T)) (Rbar_locally p_infty) (locally a).
Proof. by move=> h <-; apply: lim_hot; apply: derive_continuous h. Qed.

(** The difference quotient from the right. *)
Lemma lim_quotient (f : R -> R) (d : R) :
  is_derive f 0 d -> filterlim (fun h => (f h - f 0) / h) (at_right 0) (locally d).
Proof.
move=> /is_derive_Reals h; apply/filterlim_locally => eps; have [delta hd] := h eps (cond_pos eps).
exists delta => t bt t0; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
have := hd t (Rgt_not_eq _ _ t0); rewrite Rplus_0_l; apply.
by move: bt; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r.
Qed.

(** * The results *)

Section HighTemperature.
Variable n : nat.
Implicit Types (z : 'I_n -> R) (i j k : 'I_n).

Lemma mean_uniform z : mean 0 z z = (\sum_(k < n) z k) / INR n.
Proof. by rewrite /Rdiv -sum_scaler; apply: sum_eq => k _; rewrite p_uniform /Rdiv; ring. Qed.

Theorem softmax_limit_hot z i :
  filterlim (fun T => softmax (/ T) z i) (Rbar_locally p_infty) (locally (1 / INR n)).
Proof. exact: lim_hot_derive (softmax_replicator 0 z i) (p_uniform z i). Qed.

Theorem softmax_first_order_hot z i :
  filterlim (fun lambda => (softmax lambda z i - 1 / INR n) / lambda) (at_right 0)
    (locally ((z i - (\sum_(k < n) z k) / INR n) / INR n)).
Proof.
have := lim_quotient (softmax_replicator 0 z i); rewrite p_uniform mean_uniform => h.
by apply: lim_eq h _; rewrite /Rdiv; ring.
Qed.

Theorem softmax_ratio_hot z i j : z j = vmax z ->
  filterlim (fun T => softmax (/ T) z j / softmax (/ T) z i) (Rbar_locally p_infty) (locally 1).
Proof.
move=> _; have n0 : 1 / INR n <> 0 by rewrite -(p_uniform z i); apply: p_neq0.
apply: lim_eq (lim_div n0 (softmax_limit_hot z j) (softmax_limit_hot z i)) _.
exact: Rinv_r.
Qed.

Theorem log_partition_limit_hot z : (0 < n)%N ->
  filterlim (fun lambda => (ln (partition lambda z) - ln (INR n)) / lambda) (at_right 0)
    (locally ((\sum_(k < n) z k) / INR n)).
Proof. by move=> /(log_partition_slope 0 z) /lim_quotient; rewrite partition_uniform mean_uniform. Qed.

Theorem mean_limit_hot z : (0 < n)%N ->
  filterlim (fun T => mean (/ T) z z) (Rbar_locally p_infty) (locally ((\sum_(k < n) z k) / INR n)).
Proof. by move=> _; apply: lim_hot_derive (mean_slope_var 0 z) (mean_uniform z). Qed.

Theorem entropy_limit_hot z : (0 < n)%N ->
  filterlim (fun T => entropy (softmax (/ T) z)) (Rbar_locally p_infty) (locally (ln (INR n))).
Proof.
move=> h; apply: lim_hot_derive (entropy_slope 0 z h) _.
by apply/entropy_max_iff => // [|k]; [apply: simplex_p | apply: p_uniform].
Qed.

Theorem jacobian_limit_hot z i j :
  Rbar_locally p_infty (fun T => ex_partial (fun z => softmax (/ T) z i) z j) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j / (/ T)) (Rbar_locally p_infty)
    (locally ((delta i j - 1 / INR n) / INR n)).
Proof. existing ex_p.
refine (lim_ext_loc (lim_eq (lim_mul (softmax_limit_hot z i)
  (lim_sub (lim_const (delta i j)) (softmax_limit_hot z j))) _) _); first by rewrite /Rdiv; ring.
by exists 0 => T T0; rewrite partial_softmax /jac; field; lra.
Qed.

(** The leading term of the entropy's loss is of second order: at first order nothing is lost. *)
Theorem entropy_first_order_hot z : (0 < n)%N ->
  filterlim (fun lambda => (entropy (softmax lambda z) - ln (INR n)) / lambda) (at_right 0) (locally 0).
Proof.
move=> h; have := lim_quotient (entropy_slope 0 z h); rewrite (_ : entropy (softmax 0 z) = ln (INR n)).
  by move=> hq; apply: lim_eq hq _; ring.
by apply/entropy_max_iff => // [|k]; [apply: simplex_p | apply: p_uniform].
Qed.

End HighTemperature.
