(** Log-sum-exp, the logarithm of the partition function: gradient, convexity, and the smooth maximum.

      log_partition_gradient     d(log Z)/dz_j = lambda p_j
      lse_gradient               d(log Z/lambda)/dz_j = p_j
      log_partition_hessian      d^2(log Z)/dz_i dz_j = lambda^2 p_i (delta_ij - p_j)
      log_partition_tangent      log Z lies above its tangent planes, by a divergence
      log_partition_convex       log Z is convex in z
      log_partition_convex_iff   and strictly, but in the direction of a shift
      lse_bounds                 max z + log #argmax/lambda <= log Z/lambda <= max z + log n/lambda
      mean_bounds                max z - log n/lambda <= <z> <= max z
      mean_ge_average            <z> is at least the plain average of z *)

From Softmax Require Export entropy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section LogSumExp.
Variable n : nat.
Implicit Types (lambda t : R) (z w q : 'I_n -> R) (i j k : 'I_n).

Lemma partition_ext lambda z w : z =1 w -> partition lambda z = partition lambda w.
Proof. by move=> h; apply: sum_eq => k _; rewrite h. Qed.

Theorem log_partition_gradient lambda z j :
  is_partial (fun z => ln (partition lambda z)) z j (lambda * softmax lambda z j).
Proof.
have hk k : is_derive (fun t => exp (lambda * upd z j t k)) (z j) (exp (lambda * z k) * (lambda * delta k j)).
  apply: is_derive_eq (is_derive_expc (is_derive_scal _ _ lambda _ (is_derive_upd z j k (z j)))) _.
  by rewrite upd_id.
apply: is_partial_eq (is_derive_lnc _ (is_derive_bigsum (P := xpredT) (fun k _ => hk k))) _.
  exact: partition_gt0 j.
rewrite -/(partition lambda _) (partition_ext _ (upd_id z j)).
have e k : exp (lambda * z k) * (lambda * delta k j) = lambda * (exp (lambda * z k) * delta j k).
  by rewrite (delta_sym k); ring.
by rewrite (sum_eq (fun k _ => e k)) sum_scale sum_deltar /softmax /Rdiv; ring.
Qed.

Theorem lse_gradient lambda z j : lambda <> 0 ->
  is_partial (fun z => ln (partition lambda z) / lambda) z j (softmax lambda z j).
Proof.
move=> h; have := is_derive_scal _ _ (/ lambda) _ (log_partition_gradient lambda z j).
move=> hd; apply: is_derive_eq (is_derive_ext _ _ _ _ _ hd) _ => [t|]; last by field.
by rewrite /Rdiv Rmult_comm.
Qed.

Theorem log_partition_hessian lambda z i j :
  is_partial (fun z => partial (fun z => ln (partition lambda z)) z i) z j
    (lambda ^ 2 * softmax lambda z i * (delta i j - softmax lambda z j)).
Proof.
have e t : lambda * softmax lambda (upd z j t) i = partial (fun z => ln (partition lambda z)) (upd z j t) i.
  by rewrite (is_partial_unique (log_partition_gradient lambda (upd z j t) i)).
apply: is_derive_eq (is_derive_ext _ _ _ _ e (is_derive_scal _ _ lambda _ (is_partial_softmax lambda z i j))) _.
by rewrite /jac; ring.
Qed.

(** The gap to the tangent plane is KL(p(z) || p(w)). *)
Theorem log_partition_tangent lambda z w : (0 < n)%N ->
  ln (partition lambda w) - ln (partition lambda z) - lambda * (\sum_(k < n) (softmax lambda z k * (w k - z k)))
  = kl (softmax lambda z) (softmax lambda w).
Proof.
move=> h; rewrite kl_softmax //; last exact: simplex_p.
rewrite entropy_softmax // (sum_eq (g := fun k => softmax lambda z k * w k - softmax lambda z k * z k)).
  by rewrite sum_sub -/(mean lambda z z); ring.
by move=> k _; ring.
Qed.

Lemma sum_mix q z w t : \sum_(k < n) (q k * (t * z k + (1 - t) * w k)) =
  t * (\sum_(k < n) (q k * z k)) + (1 - t) * (\sum_(k < n) (q k * w k)).
Proof. by rewrite -!sum_scale -sum_add; apply: sum_eq => k _; ring. Qed.

Theorem log_partition_convex lambda z w t : (0 < n)%N -> 0 <= t <= 1 ->
  ln (partition lambda (fun k => t * z k + (1 - t) * w k))
  <= t * ln (partition lambda z) + (1 - t) * ln (partition lambda w).
Proof.
move=> h ht; set u := fun k => _; have hp := simplex_p lambda u h.
have := gibbs_principle lambda z hp h; have := gibbs_principle lambda w hp h.
have := gibbs_unique lambda u hp h => /proj2 /(_ (fun k => erefl)).
rewrite [\sum_(k < n) (softmax lambda u k * u k)]sum_mix.
by nra.
Qed.

(** The only directions in which it is not strictly convex are the shifts. *)
Theorem log_partition_convex_iff lambda z w t : lambda <> 0 -> (0 < n)%N -> 0 < t < 1 ->
  ln (partition lambda (fun k => t * z k + (1 - t) * w k))
  = t * ln (partition lambda z) + (1 - t) * ln (partition lambda w) <-> exists c, forall k, w k = c + z k.
Proof.
move=> hl h ht; set u := fun k => _; have hp := simplex_p lambda u h; have gz := gibbs_principle lambda z hp h.
have gw := gibbs_principle lambda w hp h; have gu := (gibbs_unique lambda u hp h).2 (fun k => erefl).
have e : \sum_(k < n) (softmax lambda u k * u k) = _ := sum_mix (softmax lambda u) z w t.
split=> [tight|/(softmax_inj z w hl) same].
  apply/(softmax_inj z w hl) => k; have ez := gibbs_unique lambda z hp h; have ew := gibbs_unique lambda w hp h.
  by rewrite -(ez.1 _ k) -?(ew.1 _ k) //; nra.
have /(softmax_inj z w hl) [c wc] := same; have uc k : u k = (1 - t) * c + z k by rewrite /u wc; ring.
have pz k : softmax lambda u k = softmax lambda z k by rewrite (p_ext lambda k uc) p_shift.
have := (gibbs_unique lambda z hp h).2 pz; have := (gibbs_unique lambda w hp h).2.
by move=> /(_ (fun k => etrans (pz k) (same k))); nra.
Qed.

(** The smooth maximum: between the largest logit and what n of them would give; ties count. *)
Theorem partition_bounds lambda z : 0 <= lambda -> (0 < n)%N ->
  exp (lambda * vmax z) * count (fun k => z k =? vmax z) <= partition lambda z <= exp (lambda * vmax z) * INR n.
Proof.
move=> hl h; rewrite /count -sum_scale -[INR n]Rmult_1_r -sum_const -sum_scale.
split; apply: sum_le => k _.
  case: eqRP => [->|_]; first by rewrite Rmult_1_r; apply: Rle_refl.
  by rewrite Rmult_0_r; apply: Rlt_le; apply: exp_pos.
rewrite Rmult_1_r; have := vmax_ge z k => hk.
by have: lambda * z k <= lambda * vmax z by [nra]; move=> [/exp_increasing|->]; lra.
Qed.

Lemma argmax_count_ge1 z : (0 < n)%N -> 1 <= count (fun k => z k =? vmax z).
Proof.
by move=> h; have [k e] := vmax_attained z h; apply: (@count_ge1 _ _ k); apply/eqRP; rewrite e.
Qed.

Lemma ln_le_ln x y : 0 < x -> x <= y -> ln x <= ln y.
Proof. by move=> h [/(ln_increasing _ _ h)|->]; lra. Qed.

Theorem log_partition_bounds lambda z : 0 <= lambda -> (0 < n)%N ->
  lambda * vmax z + ln (count (fun k => z k =? vmax z)) <= ln (partition lambda z) <= lambda * vmax z + ln (INR n).
Proof.
move=> hl h; have := partition_bounds z hl h; have c1 := argmax_count_ge1 z h; have n0 := INR_gt0 h.
have e0 := exp_pos (lambda * vmax z).
have e x : 0 < x -> lambda * vmax z + ln x = ln (exp (lambda * vmax z) * x) by move=> ?; rewrite ln_mult ?ln_exp.
move=> [lo hi]; rewrite !e //; last by lra.
split; apply: ln_le_ln => //; last exact: partition_gt0 (class0 h).
by apply: Rmult_lt_0_compat; lra.
Qed.

Theorem lse_bounds lambda z : 0 < lambda -> (0 < n)%N ->
  vmax z + ln (count (fun k => z k =? vmax z)) / lambda <= ln (partition lambda z) / lambda
  <= vmax z + ln (INR n) / lambda.
Proof.
move=> hl h; have [lo hi] := log_partition_bounds z (Rlt_le _ _ hl) h.
have e x : vmax z + x / lambda = (lambda * vmax z + x) / lambda by field; lra.
by rewrite !e; split; apply: Rmult_le_compat_r => //; apply: Rlt_le; apply: Rinv_0_lt_compat.
Qed.

Theorem mean_bounds lambda z : 0 < lambda -> (0 < n)%N ->
  vmax z - ln (INR n) / lambda <= mean lambda z z <= vmax z.
Proof.
move=> hl h; split.
  have [_ hH] := entropy_bounds lambda z h; move: hH; rewrite entropy_softmax // => hH.
  have [lo _] := log_partition_bounds z (Rlt_le _ _ hl) h; have c1 := argmax_count_ge1 z h.
  have c0 : 0 <= ln (count (fun k => z k =? vmax z)) by rewrite -ln_1; apply: ln_le_ln; lra.
  suff: lambda * (vmax z - ln (INR n) / lambda) <= lambda * mean lambda z z by apply: Rmult_le_reg_l.
  by have -> : lambda * (vmax z - ln (INR n) / lambda) = lambda * vmax z - ln (INR n); [field|]; lra.
rewrite -[vmax z](mean_const lambda z _ h); apply: sum_le => k _.
by apply: Rmult_le_compat_l (vmax_ge z k); apply: Rlt_le (p_gt0 _ _ _).
Qed.

Theorem mean_ge_average lambda z : 0 <= lambda -> (0 < n)%N -> (\sum_(k < n) z k) / INR n <= mean lambda z z.
Proof.
move=> [hl|<-] h; last first.
  rewrite /mean /Rdiv -sum_scaler; apply: Req_le; apply: sum_eq => k _.
  by rewrite p_uniform /Rdiv; ring.
have [_] := entropy_bounds lambda z h; rewrite entropy_softmax // => hH.
have := gibbs_principle lambda z (simplex_p 0 z h) h.
have -> : entropy (softmax 0 z) = ln (INR n).
  by apply/entropy_max_iff => // [|k]; [apply: simplex_p | apply: p_uniform].
rewrite (sum_eq (g := fun k => z k / INR n)) => [|k _]; last by rewrite p_uniform /Rdiv; ring.
by rewrite /Rdiv sum_scaler => ?; apply: (Rmult_le_reg_l lambda) => //; rewrite /Rdiv; lra.
Qed.

End LogSumExp.
