(** Zero temperature, T -> 0+ or lambda -> oo: the classes of the largest logit share everything, equally.

    Ties are the general case: #argmax is count (fun k => z k =? vmax z), and it is 1 just if the maximum is unique.
    Everything is divided by exp (lambda max z): the terms of the maximum become 1, the others die out.

      rest lambda z k       exp (lambda (z_k - max z)), and sum_k of it is Z / exp (lambda max z)
      winner z k            1 if z_k = max z, else 0
      winners z             the number of those k
      at_right 0            the filter of limits T -> 0+
      Rbar_locally p_infty, Rbar_locally m_infty     to infinity and minus infinity *)

From Softmax Require Export high_temperature sign_structure.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Exponentials that die out *)

Lemma inv_cold : filterlim Rinv (at_right 0) (Rbar_locally p_infty).
Proof. exact: filterlim_Rinv_0_right. Qed.

Lemma lim_cold (f : R -> R) (G : (R -> Prop) -> Prop) :
  filterlim f (Rbar_locally p_infty) G -> filterlim (fun T => f (/ T)) (at_right 0) G.
Proof. by move=> h; apply: filterlim_comp inv_cold h. Qed.

(** e^y is above y^3/27: so 27/(lambda d^3) is above lambda^2 e^{-lambda d}. *)
Lemma exp_ge_cube y : 0 <= y -> y ^ 3 / 27 <= exp y.
Proof.
move=> y0; have e : exp y = exp (y / 3) ^ 3 by rewrite /= Rmult_1_r -!exp_plus; congr exp; field.
have h := exp_ineq1_le (y / 3); have -> : y ^ 3 / 27 = (y / 3) ^ 3 by field.
by rewrite e; apply: pow_incr; lra.
Qed.

Lemma lim_sq_exp d : d < 0 -> filterlim (fun l => l ^ 2 * exp (l * d)) (Rbar_locally p_infty) (locally 0).
Proof.
move=> d0; apply: (@lim_squeeze _ _ (fun _ => 0) _ (fun l => 27 / (- d) ^ 3 * / l)); last first.
- refine (lim_eq (lim_mul (lim_const _) inv_hot) _); ring.
- exact: lim_const.
exists 0 => l l0; have e0 := exp_pos (l * d).
split; first by apply: Rmult_le_pos; [nra | lra].
have := exp_ge_cube (y := l * - d) _ => h; have {}h := h (Rlt_le _ _ (Rmult_lt_0_compat _ _ l0 (Ropp_0_gt_lt_contravar _ d0))).
have inv : exp (l * d) * exp (l * - d) = 1 by rewrite -exp_plus -exp_0; congr exp; ring.
have d3 : 0 < (- d) ^ 3 by apply: pow_lt; lra.
apply: (Rmult_le_reg_r (l * (- d) ^ 3)); first by apply: Rmult_lt_0_compat.
have -> : 27 / (- d) ^ 3 * / l * (l * (- d) ^ 3) = 27 by field; split; lra.
have -> : l ^ 2 * exp (l * d) * (l * (- d) ^ 3) = exp (l * d) * (l * - d) ^ 3 by ring.
by nra.
Qed.

Lemma lim_lin_exp d : d < 0 -> filterlim (fun l => l * exp (l * d)) (Rbar_locally p_infty) (locally 0).
Proof.
move=> /lim_sq_exp h; apply: lim_ext_loc (lim_eq (lim_mul h inv_hot) _) _; first by ring.
by exists 0 => l l0; field; lra.
Qed.

Lemma lim_exp d : d < 0 -> filterlim (fun l => exp (l * d)) (Rbar_locally p_infty) (locally 0).
Proof.
move=> /lim_lin_exp h; apply: lim_ext_loc (lim_eq (lim_mul h inv_hot) _) _; first by ring.
by exists 0 => l l0; field; lra.
Qed.

(** * The limits in lambda *)

Section Cold.
Variable n : nat.
Implicit Types (lambda : R) (z v : 'I_n -> R) (i j k : 'I_n).

Definition rest lambda z k := exp (lambda * (z k - vmax z)).
Definition winner z k : R := if z k =? vmax z then 1 else 0.
Definition winners z := count (fun k => z k =? vmax z).

Lemma p_rest lambda z i : softmax lambda z i = rest lambda z i / (\sum_(k < n) rest lambda z k).
Proof.
rewrite -(p_shift lambda z (- vmax z)); have e k : - vmax z + z k = z k - vmax z by ring.
by rewrite (p_ext lambda i e).
Qed.

Lemma partition_rest lambda z : partition lambda z = exp (lambda * vmax z) * (\sum_(k < n) rest lambda z k).
Proof. by rewrite -sum_scale; apply: sum_eq => k _; rewrite /rest -exp_plus; congr exp; ring. Qed.

Lemma below_max z k : z k <> vmax z -> z k - vmax z < 0.
Proof. by have := vmax_ge z k; lra. Qed.

Lemma lim_rest z k : filterlim (fun l => rest l z k) (Rbar_locally p_infty) (locally (winner z k)).
Proof.
rewrite /winner; case: eqRP => [e|/below_max/lim_exp] //.
apply: lim_ext (lim_const 1) => l.
by rewrite /rest e Rminus_eq_0 Rmult_0_r exp_0.
Qed.
Arguments lim_rest z k : clear implicits.

Lemma lim_sum_rest z :
  filterlim (fun l => \sum_(k < n) rest l z k) (Rbar_locally p_infty) (locally (winners z)).
Proof. by apply: lim_sum => k _; apply: lim_rest. Qed.
Arguments lim_sum_rest z : clear implicits.

Lemma winners_ge1 z : (0 < n)%N -> 1 <= winners z.
Proof. exact: argmax_count_ge1. Qed.

Lemma winners_neq0 z : (0 < n)%N -> winners z <> 0.
Proof. by move=> /(winners_ge1 z) h; lra. Qed.

Lemma lim_p z i :
  filterlim (fun l => softmax l z i) (Rbar_locally p_infty) (locally (winner z i / winners z)).
Proof.
have h0 := winners_neq0 (z := z) (class_some i).
refine (lim_ext _ (lim_div h0 (lim_rest z i) (lim_sum_rest z))) => l.
by rewrite p_rest.
Qed.
Arguments lim_p z i : clear implicits.

(** What is below the maximum dies out faster than any power of lambda. *)
Lemma p_le_rest lambda z i : softmax lambda z i <= exp (lambda * (z i - vmax z)).
Proof.
have [m e] := vmax_attained z (class_some i); rewrite e -p_odds.
have pm := p_gt0 lambda z m; have pi := p_gt0 lambda z i.
rewrite -[X in X <= _]Rdiv_1; apply: Rmult_le_compat_l; first lra.
by apply: Rinv_le_contravar (p_le1 lambda z m).
Qed.

Lemma lim_sq_p z i : z i <> vmax z ->
  filterlim (fun l => l ^ 2 * softmax l z i) (Rbar_locally p_infty) (locally 0).
Proof.
move=> /below_max/lim_sq_exp h; apply: (@lim_squeeze _ _ (fun _ => 0) _ _ 0 _ (lim_const 0) h).
exists 0 => l _; have := p_gt0 l z i; have := p_le_rest l z i; have := pow2_ge_0 l.
by move=> a b c; split; nra.
Qed.
Arguments lim_sq_p z i _ : clear implicits.

Lemma lim_lin_p z i : z i <> vmax z ->
  filterlim (fun l => l * softmax l z i) (Rbar_locally p_infty) (locally 0).
Proof.
move=> /lim_sq_p h; apply: lim_ext_loc (lim_eq (lim_mul h inv_hot) _) _; first by ring.
by exists 0 => l l0; field; lra.
Qed.
Arguments lim_lin_p z i _ : clear implicits.

(** A power of lambda against the weight of a loser: the winners' gap is 0, the losers' p dies out. *)
Lemma lim_gap (f : R -> R) z i : f 0 = 0 ->
  filterlim (fun l => l * (softmax l z i * f (z i - vmax z))) (Rbar_locally p_infty) (locally 0).
Proof.
move=> f0; case: (Req_dec (z i) (vmax z)) => [->|/lim_lin_p h].
  by apply: lim_ext (lim_const 0) => l; rewrite Rminus_eq_0 f0; ring.
apply: lim_ext (lim_eq (lim_mul h (lim_const (f (z i - vmax z)))) _) => [l|]; ring.
Qed.
Arguments lim_gap f z i _ : clear implicits.

Lemma lim_sq_gap (f : R -> R) z i : f 0 = 0 ->
  filterlim (fun l => l ^ 2 * (softmax l z i * f (z i - vmax z))) (Rbar_locally p_infty) (locally 0).
Proof.
move=> f0; case: (Req_dec (z i) (vmax z)) => [->|/lim_sq_p h].
  by apply: lim_ext (lim_const 0) => l; rewrite Rminus_eq_0 f0; ring.
apply: lim_ext (lim_eq (lim_mul h (lim_const (f (z i - vmax z)))) _) => [l|]; ring.
Qed.
Arguments lim_sq_gap f z i _ : clear implicits.

(** The mean and the variance, from the maximum on. *)
Lemma mean_gap lambda z : (0 < n)%N ->
  mean lambda z z = vmax z + mean lambda z (fun k => z k - vmax z).
Proof.
move=> h; rewrite -[X in X + _](mean_const lambda z (vmax z) h) -mean_add.
by apply: mean_eq => k; ring.
Qed.

Lemma var_gap lambda z : (0 < n)%N ->
  var lambda z z = mean lambda z (fun k => (z k - vmax z) ^ 2) - mean lambda z (fun k => z k - vmax z) ^ 2.
Proof.
move=> h; rewrite /var [in X in _ - X](mean_gap lambda z h).
have e k : z k ^ 2 = vmax z ^ 2 + (2 * vmax z * (z k - vmax z) + (z k - vmax z) ^ 2) by ring.
by rewrite (mean_eq _ _ e) 2!mean_add mean_scale mean_const //; ring.
Qed.

Lemma lim_mean_gap z : (0 < n)%N ->
  filterlim (fun l => l * mean l z (fun k => z k - vmax z)) (Rbar_locally p_infty) (locally 0).
Proof.
move=> h; have e : \sum_(k < n) 0 = 0 by apply: big1.
refine (lim_ext _ (lim_eq (lim_sum (P := xpredT) (fun k _ => lim_gap (fun x => x) z k erefl)) e)) => l.
by rewrite -sum_scale.
Qed.
Arguments lim_mean_gap z _ : clear implicits.

Lemma winner_max z i : z i = vmax z -> winner z i = 1.
Proof. by move=> e; rewrite /winner; case: eqRP. Qed.

Lemma winner_below z i : z i < vmax z -> winner z i = 0.
Proof. by rewrite /winner; case: eqRP => // ->; lra. Qed.

Lemma winners_unique z i : (forall k, k != i -> z i > z k) -> winners z = 1.
Proof.
move=> h; have e := vmax_unique h; apply: (count_eq1 (i := i)); first by apply/eqRP.
by move=> k /h ki; apply/eqRP; lra.
Qed.

(** * The results *)

Theorem softmax_limit_cold z i : z i = vmax z ->
  filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally (1 / count (fun k => z k =? vmax z))).
Proof. by move=> /winner_max e; have := lim_cold (lim_p z i); rewrite e. Qed.

Theorem softmax_limit_cold_below z i : z i < vmax z ->
  filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally 0).
Proof. by move=> /winner_below e; have := lim_cold (lim_p z i); rewrite e /Rdiv Rmult_0_l. Qed.

Theorem softmax_limit_cold_unique z i : (forall k : 'I_n, k != i -> z i > z k) ->
  filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally 1).
Proof.
move=> h; have := lim_cold (lim_p z i).
by rewrite (winners_unique h) (winner_max (esym (vmax_unique h))) Rdiv_1.
Qed.

Theorem softmax_limit_cold_min z i : z i = vmin z ->
  filterlim (fun c => softmax c z i) (Rbar_locally m_infty) (locally (1 / count (fun k => z k =? vmin z))).
Proof.
move=> e; pose w k := - z k; have ew : w i = vmax w by rewrite /w e /vmin -/w; ring.
have hc : count (fun k => z k =? vmin z) = winners w.
  apply: sum_eq => k _; suff -> : (z k =? vmin z) = (w k =? vmax w) by [].
  by apply/idP/idP => /eqRP hk; apply/eqRP; move: hk; rewrite /vmin -/w /w; lra.
have := lim_p w i; rewrite (winner_max ew) -hc => h.
apply: (filterlim_ext (fun c => softmax (- c) w i)).
  by move=> c; rewrite /softmax /partition /w; congr (exp _ / _); [ring | apply: sum_eq => k _; congr exp; ring].
exact: filterlim_comp (filterlim_Rbar_opp m_infty) h.
Qed.

Lemma ln_partition_rest lambda z : (0 < n)%N ->
  ln (partition lambda z) = lambda * vmax z + ln (\sum_(k < n) rest lambda z k).
Proof.
move=> /class0 i; rewrite partition_rest ln_mult ?ln_exp //; first exact: exp_pos.
exact: (sum_gt0 i (fun k => exp_pos _)).
Qed.

Lemma lim_ln_sum_rest z : (0 < n)%N ->
  filterlim (fun l => ln (\sum_(k < n) rest l z k)) (Rbar_locally p_infty) (locally (ln (winners z))).
Proof.
move=> h; apply: filterlim_comp (lim_sum_rest z) _; apply: continuous_ln.
by have := winners_ge1 z h; lra.
Qed.
Arguments lim_ln_sum_rest z _ : clear implicits.

Theorem log_partition_limit_cold z : (0 < n)%N ->
  filterlim (fun lambda => ln (partition lambda z) / lambda) (Rbar_locally p_infty) (locally (vmax z)).
Proof.
move=> h; refine (lim_ext_loc (lim_eq (lim_add (lim_const (vmax z)) (lim_mul (lim_ln_sum_rest z h) inv_hot)) _) _).
  by ring.
by exists 0 => l l0; rewrite ln_partition_rest //; field; lra.
Qed.

Lemma lim_mean z : (0 < n)%N -> filterlim (fun l => mean l z z) (Rbar_locally p_infty) (locally (vmax z)).
Proof.
move=> h; refine (lim_ext_loc (lim_eq (lim_add (lim_const (vmax z)) (lim_mul (lim_mean_gap z h) inv_hot)) _) _); first by ring.
by exists 0 => l l0; rewrite mean_gap //; field; lra.
Qed.

Theorem mean_limit_cold z : (0 < n)%N -> filterlim (fun T => mean (/ T) z z) (at_right 0) (locally (vmax z)).
Proof. by move=> h; exact: lim_cold (lim_mean h). Qed.

Theorem entropy_limit_cold z : (0 < n)%N ->
  filterlim (fun T => entropy (softmax (/ T) z)) (at_right 0) (locally (ln (count (fun k => z k =? vmax z)))).
Proof.
move=> h; apply: (lim_cold (f := fun l => entropy (softmax l z))).
refine (lim_ext _ (lim_eq (lim_sub (lim_ln_sum_rest z h) (lim_mean_gap z h)) _)); last by rewrite Rminus_0_r.
by move=> l; rewrite entropy_softmax // ln_partition_rest // mean_gap //; ring.
Qed.

Theorem variance_limit_cold z : (0 < n)%N ->
  filterlim (fun T => (/ T) ^ 2 * var (/ T) z z) (at_right 0) (locally 0).
Proof.
move=> h; apply: (lim_cold (f := fun l => l ^ 2 * var l z z)); have e : \sum_(k < n) 0 = 0 by apply: big1.
have f0 : 0 ^ 2 = 0 by ring.
have hs := lim_sum (P := xpredT) (fun k _ => lim_sq_gap (fun x => x ^ 2) z k f0).
refine (lim_ext _ (lim_eq (lim_sub (hs _) (lim_mul (lim_mean_gap z h) (lim_mean_gap z h))) _)) => [l|].
  by rewrite sum_scale var_gap // /mean; ring.
by rewrite e; ring.
Qed.

Theorem softmax_rate_cold lambda z c i : 0 < lambda -> (forall k : 'I_n, k != i -> z i - z k >= c) ->
  1 - softmax lambda z i <= exp (- lambda * c) * (INR n - 1).
Proof.
move=> l0 h; rewrite -p_others -[INR n]Rmult_1_r -sum_const -(sum_except i (fun _ => 1)) -sum_scale.
apply: sum_le => k /h gap; rewrite Rmult_1_r; have pi := p_gt0 lambda z i; have p1 := p_le1 lambda z i.
have -> : softmax lambda z k = softmax lambda z k / softmax lambda z i * softmax lambda z i by field; lra.
rewrite p_odds; have : exp (lambda * (z k - z i)) <= exp (- lambda * c); last by have := exp_pos (lambda * (z k - z i)); nra.
have: lambda * (z k - z i) <= - lambda * c by nra.
by move=> [/exp_increasing|->]; lra.
Qed.

(** * The Jacobian *)

Lemma lim_jac z i j (a : R) :
  filterlim (fun l => jac l z i j) (Rbar_locally p_infty) (locally a) ->
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (locally a).
Proof. by move=> /lim_cold; apply: lim_ext => T; rewrite partial_softmax. Qed.

Lemma ex_p_cold z i j : at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j).
Proof. by apply: filter_forall => T; apply: ex_p. Qed.

Theorem jacobian_limit_cold_below z i j : z i < vmax z ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (locally 0).
Proof. existing ex_p_cold.
move=> h; apply: lim_jac; have ne : z i <> vmax z by lra.
exact: lim_eq (lim_mul (lim_lin_p z i ne) (lim_sub (lim_const (delta i j)) (lim_p z j))) (Rmult_0_l _).
Qed.

Theorem jacobian_limit_cold_unique z i j : (forall k : 'I_n, k != i -> z i > z k) ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (locally 0).
Proof. existing ex_p_cold.
move=> h; have below k : k != i -> z k < vmax z by rewrite (vmax_unique h) => /h.
case: (altP (i =P j)) => [<-|ij]; last first.
  apply: (lim_ext _ (proj2 (jacobian_limit_cold_below i (below j _)))); last by rewrite eq_sym.
  by move=> T; rewrite !partial_softmax jac_sym.
have e : - (\sum_(k < n | k != i) 0) = 0 by rewrite big1 ?Ropp_0.
refine (lim_ext _ (lim_eq (lim_opp (lim_sum (fun k hk => proj2 (jacobian_limit_cold_below i (below k hk))))) e)) => T.
rewrite partial_softmax (sum_eq (fun k _ => partial_softmax (/ T) z k i)).
by have := jac_row0 (/ T) z i; rewrite (sum_split i) (sum_eq (fun k _ => jac_sym (/ T) z i k)); lra.
Qed.

Theorem jacobian_limit_cold_tie_diag z i : z i = vmax z -> count (fun k => z k =? vmax z) >= 2 ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z i) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z i) (at_right 0) (Rbar_locally p_infty).
Proof. existing ex_p_cold.
move=> /winner_max e c2; have c2' : winners z >= 2 := c2.
have pos : 0 < winner z i / winners z * (1 - winner z i / winners z).
  rewrite e; have i1 : / winners z <= / 2 by apply: Rinv_le_contravar; lra.
  by have i0 : 0 < / winners z by [apply: Rinv_0_lt_compat; lra]; rewrite /Rdiv; nra.
have hp := lim_mul (lim_p z i) (lim_sub (lim_const 1) (lim_p z i)).
apply: (filterlim_ext _ _ _ (lim_cold (lim_mul_infty pos (filterlim_id _ _) (hp _ _ _)))) => T.
by rewrite partial_softmax jac_diag.
Qed.

Theorem jacobian_limit_cold_tie_offdiag z i j : z i = vmax z -> z j = vmax z -> i != j ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (Rbar_locally m_infty).
Proof. existing ex_p_cold.
move=> /winner_max ei /winner_max ej ij; have c1 := winners_ge1 z (class_some i).
have pos : 0 < winner z i / winners z * (winner z j / winners z).
  by rewrite ei ej; apply: Rmult_lt_0_compat; apply: Rdiv_lt_0_compat; lra.
have hp := lim_mul (lim_p z i) (lim_p z j).
apply: (filterlim_ext _ _ _ (lim_cold (lim_opp_infty (lim_mul_infty pos (filterlim_id _ _) (hp _))))) => T.
by rewrite partial_softmax jac_offdiag.
Qed.

Theorem jacobian_scaled_limit_cold z i j : z i = vmax z -> z j = vmax z ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) /\
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j / (/ T)) (at_right 0)
    (locally ((delta i j - 1 / count (fun k => z k =? vmax z)) / count (fun k => z k =? vmax z))).
Proof. existing ex_p_cold.
move=> ei ej; refine (lim_ext_loc (lim_eq (lim_mul (softmax_limit_cold ei)
  (lim_sub (lim_const (delta i j)) (softmax_limit_cold ej))) _) _); first by rewrite /Rdiv; ring.
exists (mkposreal 1 Rlt_0_1) => T _ T0; rewrite partial_softmax /jac.
by field; apply: Rgt_not_eq T0.
Qed.

End Cold.

(** * What is needed: at two classes of equal logits, at the ladder 0, 1, or at a single class *)

Section Needs.

Definition flat (_ : 'I_2) : R := 0.
Definition ladder (k : 'I_2) : R := INR k.
Definition alone (_ : 'I_1) : R := 0.

Lemma flat_max i : flat i = vmax flat.
Proof. by rewrite (vmax_eq (i := i)) // => k; apply: Rle_refl. Qed.

Lemma flat_tie : count (fun k => flat k =? vmax flat) >= 2.
Proof.
apply: Rle_ge; apply: (count_ge2 (i := class 1 of 2) (j := class 2 of 2)) => //; apply/eqRP; exact: flat_max.
Qed.

Lemma ladder_max : vmax ladder = 1.
Proof.
rewrite (vmax_eq (i := class 2 of 2)) // => k; rewrite /ladder; apply: le_INR; apply/leP.
by rewrite -ltnS.
Qed.

Lemma ladder_min : vmin ladder = 0.
Proof.
rewrite /vmin (vmax_eq (i := class 1 of 2)) /ladder /=; first by ring.
by move=> k; have := pos_INR k; lra.
Qed.

Lemma alone_unique (k : 'I_1) : k != ord0 -> alone ord0 > alone k.
Proof. by rewrite (ord1 k). Qed.

Theorem softmax_limit_cold_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n),
  count (fun k => z k =? vmax z) <> 0 ->
  filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally (1 / count (fun k => z k =? vmax z))).
Proof.
move=> /(_ 2%N ladder (class 1 of 2) (winners_neq0 (z := ladder) isT)) h; have c1 := winners_ge1 ladder isT.
have below : ladder (class 1 of 2) < vmax ladder by rewrite ladder_max /ladder /=; lra.
have e : 0 = 1 / winners ladder by refine (lim_unique (softmax_limit_cold_below below) h).
have : 0 < 1 / winners ladder by apply: Rdiv_lt_0_compat; lra.
by rewrite -e; lra.
Qed.

Theorem softmax_limit_cold_below_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n),
  filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally 0).
Proof.
move=> /(_ 1%N alone ord0) h.
have e : 1 = 0 by refine (lim_unique (softmax_limit_cold_unique alone_unique) h).
lra.
Qed.

Theorem softmax_limit_cold_unique_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n),
  z i = vmax z -> filterlim (fun T => softmax (/ T) z i) (at_right 0) (locally 1).
Proof.
move=> /(_ 2%N flat ord0 (flat_max _)) h; have tie := flat_tie.
have e : 1 / count (fun k => flat k =? vmax flat) = 1 by refine (lim_unique (softmax_limit_cold (flat_max ord0)) h).
have : 1 / count (fun k => flat k =? vmax flat) * count (fun k => flat k =? vmax flat) = 1 by field; lra.
by rewrite e; lra.
Qed.

Theorem softmax_limit_cold_min_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n),
  count (fun k => z k =? vmin z) <> 0 ->
  filterlim (fun c => softmax c z i) (Rbar_locally m_infty) (locally (1 / count (fun k => z k =? vmin z))).
Proof.
move=> h; have h1 := h 2%N ladder (class 1 of 2); have h2 := h 2%N ladder (class 2 of 2).
have c1 : count (fun k => ladder k =? vmin ladder) = 1.
  apply: (count_eq1 (i := class 1 of 2)); rewrite ladder_min; first by apply/eqRP.
  by case=> [[|[|m]] hm] // _; apply/eqRP; rewrite /ladder /=; lra.
rewrite c1 in h1 h2; have hs := lim_add (h1 R1_neq_R0) (h2 R1_neq_R0).
have e c : softmax c ladder (class 1 of 2) + softmax c ladder (class 2 of 2) = 1 by rewrite -sum_two p_sum1.
suff: 1 / 1 + 1 / 1 = 1 by lra.
by refine (lim_unique (lim_ext e (hs _)) (lim_const 1)).
Qed.

Theorem softmax_rate_cold_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (c : R) (i : 'I_n),
  0 < lambda -> 1 - softmax lambda z i <= exp (- lambda * c) * (INR n - 1).
Proof.
move=> /(_ 2%N 1 flat (ln 4) ord0 Rlt_0_1).
rewrite (_ : exp (- (1) * ln 4) = / 4); last by rewrite -[in RHS](exp_ln 4) -?exp_Ropp; [congr exp; ring | lra].
by rewrite /softmax /partition sum_two /flat Rmult_0_r exp_0 /=; lra.
Qed.

Theorem jacobian_limit_cold_unique_needs : ~ forall (n : nat) (z : 'I_n -> R) (i j : 'I_n),
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) ->
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (locally 0).
Proof.
move=> /(_ 2%N flat ord0 ord0 (ex_p_cold _ _ _)) h; refine (lim_not_infty h _).
exact: proj2 (jacobian_limit_cold_tie_diag (flat_max ord0) flat_tie).
Qed.

Theorem jacobian_limit_cold_tie_diag_needs : ~ forall (n : nat) (z : 'I_n -> R) (i : 'I_n), z i = vmax z ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z i) ->
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z i) (at_right 0) (Rbar_locally p_infty).
Proof.
move=> /(_ 1%N alone ord0 (esym (vmax_unique alone_unique)) (ex_p_cold _ _ _)).
by refine (lim_not_infty (proj2 (jacobian_limit_cold_unique ord0 alone_unique))).
Qed.

Theorem jacobian_limit_cold_tie_offdiag_needs : ~ forall (n : nat) (z : 'I_n -> R) (i j : 'I_n), i != j ->
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) ->
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (Rbar_locally m_infty).
Proof.
move=> /(_ 2%N ladder (class 1 of 2) (class 2 of 2) isT (ex_p_cold _ _ _)); refine (lim_not_minfty (a := 0) _).
by apply: (proj2 (jacobian_limit_cold_below _ _)); rewrite ladder_max /ladder /=; lra.
Qed.

Theorem jacobian_limit_cold_below_needs : ~ forall (n : nat) (z : 'I_n -> R) (i j : 'I_n),
  at_right 0 (fun T => ex_partial (fun z => softmax (/ T) z i) z j) ->
  filterlim (fun T => partial (fun z => softmax (/ T) z i) z j) (at_right 0) (locally 0).
Proof. exact: jacobian_limit_cold_unique_needs. Qed.

End Needs.
