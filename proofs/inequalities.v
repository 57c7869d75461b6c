(** Inequalities with a name: each by what its larger side has more, or by Taylor's theorem.

      popoviciu, mean_deviation, half, cauchy_schwarz      squares
      bernoulli, amgm, amgm_n, log_sum, variational, holder, fano, renyi       x - 1 - ln x >= 0
      chebyshev                                            (x - y)(e^x - e^y) >= 0
      log_mean, exp_two, exp_chord                         a function that grows       (grows)
      log_pade, hoeffding                                  one above its tangent       (above_tangent)
      pinsker                                              log_pade for each class, then a square *)

From Softmax Require Export order lipschitz entropy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Taylor's theorem, of the orders 1 and 2 *)

Section Taylor.
Implicit Types (a b t : R) (f d e : R -> R).

Definition all_the_way a b (P : R -> Prop) := forall t, Rmin a b <= t <= Rmax a b -> P t.

Lemma mean_value_at a b f d : all_the_way a b (fun t => is_derive f t (d t)) ->
  exists t, Rmin a b <= t <= Rmax a b /\ f b - f a = d t * (b - a).
Proof.
move=> h; apply: MVT_gen => t ht; first by apply: h; lra.
by apply/continuity_pt_filterlim/(derive_continuous (h t ht)).
Qed.

Lemma grows a b f d : a <= b -> all_the_way a b (fun t => is_derive f t (d t)) ->
  all_the_way a b (fun t => 0 <= d t) -> f a <= f b.
Proof. by move=> ab /mean_value_at [t [ht m]] /(_ t ht); nra. Qed.

Lemma above_tangent a b f d e : all_the_way a b (fun t => is_derive f t (d t)) ->
  all_the_way a b (fun t => is_derive d t (e t)) -> all_the_way a b (fun t => 0 <= e t) ->
  f a + (b - a) * d a <= f b.
Proof.
move=> h1 h2 pos; have [t [ht m]] := mean_value_at h1.
have part s : Rmin a t <= s <= Rmax a t -> Rmin a b <= s <= Rmax a b.
  by move: ht; rewrite /Rmin /Rmax; do ! case: Rle_dec; lra.
have [s [hs m']] := @mean_value_at a t d e (fun s hs => h2 s (part s hs)).
have s0 := pos s (part s hs); have ab : 0 <= (t - a) * (b - a).
  by move: ht; rewrite /Rmin /Rmax; case: Rle_dec => ? ?; nra.
suff : 0 <= e s * ((t - a) * (b - a)) by nra.
exact: Rmult_le_pos.
Qed.

Lemma upward a b (P : R -> Prop) : a <= b -> (forall t, a <= t <= b -> P t) -> all_the_way a b P.
Proof. by move=> ab h t; rewrite Rmin_left ?Rmax_right //; apply: h. Qed.

Lemma of_positive a b (P : R -> Prop) : 0 < a -> 0 < b -> (forall t, 0 < t -> P t) -> all_the_way a b P.
Proof. by move=> a0 b0 h t [ht _]; apply: h; apply: Rlt_le_trans ht; apply: Rmin_pos. Qed.

End Taylor.

Theorem bernoulli c x : x > 0 -> c >= 1 -> Rpower x c - c * (x - 1) - 1 >= 0.
Proof.
move=> x0 c1; set P := Rpower x (c - 1); have P0 : 0 < P := exp_pos _; have i0 := Rinv_0_lt_compat _ x0.
have e : Rpower x c = x * P by rewrite -{2}(Rpower_1 x x0) -Rpower_plus; congr Rpower; ring.
have i : x * / x = 1 by field; lra.
have gx : 0 <= x * (P - 1 - ln P) by apply: Rmult_le_pos; [lra | exact: ln_gap].
have g1 : 0 <= (c - 1) * (x * (/ x - 1 - ln (/ x))).
  by apply: Rmult_le_pos; [lra | apply: Rmult_le_pos; [lra | exact: ln_gap]].
by move: gx g1; rewrite e ln_Rinv // /P {2}/Rpower ln_exp -/P; nra.
Qed.

(** The tangent of exp at m. *)
Lemma exp_tangent m u : 0 < u -> exp m * (1 + ln u - m) <= u.
Proof.
move=> u0; have := Rmult_le_pos _ _ (Rlt_le _ _ (exp_pos m)) (exp_gap (ln u - m)).
have e : exp m * exp (ln u - m) = u by rewrite -exp_plus -[RHS](exp_ln u u0); congr exp; ring.
by rewrite !Rmult_minus_distr_l e; lra.
Qed.

Theorem amgm c x y : x > 0 -> y > 0 -> c >= 0 -> c <= 1 -> c * x + y * (1 - c) - Rpower x c * Rpower y (1 - c) >= 0.
Proof.
move=> x0 y0 c0 c1; rewrite /Rpower -exp_plus; set m := c * ln x + (1 - c) * ln y.
have em : 1 + (c * ln x + (1 - c) * ln y) - m = 1 by rewrite /m; ring.
have e : exp m = c * (exp m * (1 + ln x - m)) + (1 - c) * (exp m * (1 + ln y - m)).
  by rewrite -[LHS]Rmult_1_r -[X in exp m * X = _]em; ring.
by have := exp_tangent m x0; have := exp_tangent m y0; rewrite [X in _ - X >= 0]e; nra.
Qed.

Theorem log_mean x y : x > 0 -> y >= x -> ln (y / x) - 2 * (y - x) / (x + y) >= 0.
Proof.
move=> x0 xy; pose f t := ln (t / x) - 2 * (t - x) / (x + t); pose f' t := (t - x) ^ 2 / (t * (x + t) ^ 2).
have := @grows x y f f'; rewrite /f /Rdiv !Rinv_r ?ln_1; last by lra.
rewrite Rminus_eq_0 Rmult_0_r Rmult_0_l Rminus_0_r => h; apply: Rle_ge; apply: h; first by lra.
  apply: upward => [|t ht]; first by lra.
  have r0 : 0 < t / x by apply: Rdiv_lt_0_compat; lra.
  by rewrite /f'; auto_derive; [split=> //; lra | field; lra].
apply: upward => [|t ht]; first by lra.
apply: Rmult_le_pos; first exact: pow2_ge_0.
by apply: Rlt_le; apply: Rinv_0_lt_compat; apply: Rmult_lt_0_compat; [lra | apply: pow_lt; lra].
Qed.

Section Pade.
Variables (x : R).
Context (x0 : 0 < x).

Definition pade t := t * ln (t / x) + x - t - 3 * (t - x) ^ 2 / (2 * t + 4 * x).
Definition pade_slope t := ln (t / x) - 3 * (t - x) * (t + 5 * x) / (2 * (t + 2 * x) ^ 2).
Definition pade_bend t := (t - x) ^ 2 * (t + 8 * x) / (t * (t + 2 * x) ^ 3).

Lemma is_derive_pade t : 0 < t -> is_derive pade t (pade_slope t).
Proof.
move=> t0; have r0 : 0 < t / x by apply: Rdiv_lt_0_compat.
by rewrite /pade /pade_slope /Rdiv; auto_derive; [split=> //; lra | field; lra].
Qed.

Lemma is_derive_pade_slope t : 0 < t -> is_derive pade_slope t (pade_bend t).
Proof.
move=> t0; have r0 : 0 < t / x by apply: Rdiv_lt_0_compat.
by rewrite /pade_slope /pade_bend; auto_derive; [split=> //; split=> //; nra | field; lra].
Qed.

Lemma pade_bend_ge0 t : 0 < t -> 0 <= pade_bend t.
Proof.
move=> t0; apply: Rmult_le_pos; first by apply: Rmult_le_pos; [apply: pow2_ge_0 | lra].
by apply: Rlt_le; apply: Rinv_0_lt_compat; apply: Rmult_lt_0_compat => //; apply: pow_lt; lra.
Qed.

End Pade.

Theorem log_pade x y : x > 0 -> y > 0 -> y * ln (y / x) + x - y - 3 * (y - x) ^ 2 / (2 * y + 4 * x) >= 0.
Proof.
move=> x0 y0; have := above_tangent (of_positive x0 y0 (is_derive_pade x0))
  (of_positive x0 y0 (is_derive_pade_slope x0)) (of_positive x0 y0 (pade_bend_ge0 x0)).
rewrite /pade /pade_slope /Rdiv Rinv_r ?ln_1; last by lra.
by rewrite Rminus_eq_0; lra.
Qed.

Theorem exp_two y : y >= 0 -> y ^ 2 / 2 - y + 1 - exp (- y) >= 0.
Proof.
move=> y0; pose f t := t ^ 2 / 2 - t + 1 - exp (- t); pose f' t := exp (- t) - 1 - - t.
have := @grows 0 y f f'; rewrite /f Ropp_0 exp_0 => h; apply: Rle_ge.
suff : 0 ^ 2 / 2 - 0 + 1 - 1 <= y ^ 2 / 2 - y + 1 - exp (- y) by lra.
apply: h; first by lra.
  by apply: upward => [|t _]; [lra | rewrite /f'; auto_derive => //; field].
by apply: upward => [|t _]; [lra | exact: exp_gap].
Qed.

Lemma chord_slope t : 0 <= t -> 0 <= exp t * (t - 2) + t + 2.
Proof.
move=> t0; have := @grows 0 t (fun t => exp t * (t - 2) + t + 2) (fun t => exp t * (exp (- t) - 1 - - t)).
rewrite exp_0 (_ : 1 * (0 - 2) + 0 + 2 = 0); last by ring.
apply=> //; apply: upward => // s hs; last by apply: Rmult_le_pos; [apply: Rlt_le (exp_pos _) | exact: exp_gap].
by auto_derive => //; rewrite !Rmult_minus_distr_l -exp_plus Rplus_opp_r exp_0; ring.
Qed.

Theorem exp_chord y : y >= 0 -> y <= 1 -> y ^ 2 * (exp 1 - 2) + y + 1 - exp y >= 0.
Proof.
case=> [y0 y1|->]; last by rewrite exp_0; lra.
pose f t := (exp t - 1 - t) / t ^ 2; pose f' t := (exp t * (t - 2) + t + 2) / t ^ 3.
have h : f y <= f 1.
  apply: (@grows y 1 f f') => //; apply: upward => // t ht.
    by rewrite /f /f'; auto_derive; [apply: Rgt_not_eq; nra | field; lra].
  by apply: Rmult_le_pos; [apply: chord_slope; lra | apply: Rlt_le; apply: Rinv_0_lt_compat; apply: pow_lt; lra].
have y2 : 0 < y ^ 2 by apply: pow_lt.
have := Rmult_le_compat_l _ _ _ (Rlt_le _ _ y2) h; rewrite /f.
have -> : y ^ 2 * ((exp y - 1 - y) / y ^ 2) = exp y - 1 - y by field; lra.
have -> : (exp 1 - 1 - 1) / 1 ^ 2 = exp 1 - 2 by field.
lra.
Qed.

(** * Families *)

Section Families.
Variable n : nat.
Implicit Types (lambda c : R) (z v x y q r : 'I_n -> R) (i j k : 'I_n).

Theorem popoviciu lambda z v : 0 < lambda -> (0 < n)%N -> (vmax v - vmin v) ^ 2 / 4 - var lambda z v >= 0.
Proof.
start; line (((vmax v + vmin v) / 2 - mean lambda z v) ^ 2
  + \sum_(k < n) (softmax lambda z k * (vmax v - v k) * (v k - vmin v))).
Qed.

Lemma deviation_le_var lambda z v : (0 < n)%N ->
  mean lambda z (fun l => Rabs (v l - mean lambda z v)) ^ 2 <= var lambda z v.
Proof.
move=> h; have := var_ge0 lambda z (fun l => Rabs (v l - mean lambda z v)) h; rewrite /var.
rewrite (mean_eq _ _ (fun l => pow2_abs (v l - mean lambda z v))).
have -> : mean lambda z (fun l => (v l - mean lambda z v) ^ 2) = var lambda z v by certify.
by rewrite /var; lra.
Qed.

Theorem mean_deviation lambda z v : 0 < lambda -> (0 < n)%N ->
  mean lambda z (fun l => Rabs (v l - mean lambda z v)) ^ 2 <= (vmax v - vmin v) ^ 2 / 4.
Proof. by move=> l0 h; have := popoviciu z v l0 h; have := deviation_le_var lambda z v h; lra. Qed.

Theorem half lambda z v : 0 < lambda -> (0 < n)%N -> (\sum_(k < n) (v k ^ 2)) / 2 - var lambda z v >= 0.
Proof. by move=> _ h; have := var_le_half lambda z v h; rewrite /norm2; lra. Qed.

Theorem cauchy_schwarz y x : (0 < n)%N ->
  (\sum_(k < n) (x k ^ 2)) * (\sum_(k < n) (y k ^ 2)) - (\sum_(k < n) (x k * y k)) ^ 2 >= 0.
Proof. start; line ((\sum_(k < n) (\sum_(l < n) (x k * y l - x l * y k) ^ 2)) / 2). Qed.

Theorem amgm_n x : (0 < n)%N -> (forall k, x k > 0) ->
  ln ((\sum_(l < n) x l) / INR n) - (\sum_(l < n) ln (x l)) / INR n >= 0.
Proof.
start; line ((\sum_(k < n) (INR n * x k / (\sum_(l < n) x l) - 1 - ln (INR n * x k / (\sum_(l < n) x l)))) / INR n).
Qed.

Theorem log_sum y x : (0 < n)%N -> (forall k, x k > 0) -> (forall k, y k > 0) ->
  (\sum_(l < n) (x l * ln (x l / y l))) - ln ((\sum_(l < n) x l) / (\sum_(l < n) y l)) * (\sum_(l < n) x l) >= 0.
Proof.
start; line (\sum_(k < n) (x k * (y k * (\sum_(l < n) x l) / (x k * (\sum_(l < n) y l)) - 1
  - ln (y k * (\sum_(l < n) x l) / (x k * (\sum_(l < n) y l)))))).
Qed.

Theorem variational v r q : (0 < n)%N -> (forall k, q k > 0) -> (forall k, r k > 0) ->
  \sum_(l < n) q l = 1 -> \sum_(l < n) r l = 1 ->
  kl q r + ln (\sum_(l < n) (r l * exp (v l))) - (\sum_(l < n) (q l * v l)) >= 0.
Proof.
start; line (\sum_(k < n) (q k * (r k * exp (v k) / (q k * (\sum_(l < n) (r l * exp (v l)))) - 1
  - ln (r k * exp (v k) / (q k * (\sum_(l < n) (r l * exp (v l)))))))).
Qed.

Lemma mixed_logs (x y m c : R) : 0 < x -> 0 < y -> m = Rpower x c * Rpower y (1 - c) ->
  c * (m * ln (m / x)) + (1 - c) * (m * ln (m / y)) = 0.
Proof.
move=> x0 y0 e; have m0 : 0 < m by rewrite e; apply: Rmult_lt_0_compat; apply: exp_pos.
have lm : ln m = c * ln x + (1 - c) * ln y by rewrite e ln_mult /Rpower ?ln_exp //; apply: exp_pos.
by rewrite !ln_div // lm; ring.
Qed.

(** The log-sum inequality for the mixture against each of the two families. *)
Theorem holder y x c : (0 < n)%N -> (forall k, x k > 0) -> (forall k, y k > 0) -> c >= 0 -> c <= 1 ->
  c * ln (\sum_(l < n) x l) + (1 - c) * ln (\sum_(l < n) y l)
  - ln (\sum_(l < n) (Rpower (x l) c * Rpower (y l) (1 - c))) >= 0.
Proof.
move=> h x0 y0 /Rge_le c0 c1; pose m k := Rpower (x k) c * Rpower (y k) (1 - c); have i := class0 h.
have m0 k : 0 < m k by apply: Rmult_lt_0_compat; apply: exp_pos.
have [M0 [X0 Y0]] := conj (sum_gt0 i m0) (conj (sum_gt0 i x0) (sum_gt0 i y0)).
have z : c * (\sum_(k < n) (m k * ln (m k / x k))) + (1 - c) * (\sum_(k < n) (m k * ln (m k / y k))) = 0.
  by rewrite -!sum_scale -sum_add big1 // => k _; exact: mixed_logs (x0 k) (y0 k) (erefl _).
have := log_sum h m0 x0; have := log_sum h m0 y0; rewrite !ln_div // => /Rge_le ly /Rge_le lx.
have d0 : 0 <= 1 - c by [lra]; have := Rmult_le_pos _ _ c0 lx; have := Rmult_le_pos _ _ d0 ly => by_y by_x.
suff : ln (\sum_(k < n) m k) <= c * ln (\sum_(l < n) x l) + (1 - c) * ln (\sum_(l < n) y l) by rewrite /m; lra.
by apply: (Rmult_le_reg_r _ _ _ M0); lra.
Qed.

Theorem renyi lambda z c : 0 < lambda -> (0 < n)%N -> c > 0 -> c < 1 ->
  ln (\sum_(k < n) Rpower (softmax lambda z k) c) <= (1 - c) * ln (INR n).
Proof.
move=> _ h c0 c1; have := @holder (fun _ => 1) (softmax lambda z) c h (p_gt0 lambda z) (fun _ => Rlt_0_1).
have e k : Rpower (softmax lambda z k) c * Rpower 1 (1 - c) = Rpower (softmax lambda z k) c.
  by rewrite {2}/Rpower ln_1 Rmult_0_r exp_0 Rmult_1_r.
rewrite (sum_eq (fun k _ => e k)) p_sum1 // ln_1 sum_const Rmult_1_r => le; have := le _ _; lra.
Qed.

Theorem chebyshev lambda z v : 0 < lambda -> (0 < n)%N ->
  mean lambda z (fun k => v k * exp (v k)) - mean lambda z v * mean lambda z (fun k => exp (v k)) >= 0.
Proof.
start; line ((\sum_(k < n) (\sum_(l < n)
  (softmax lambda z k * softmax lambda z l * ((v k - v l) * (exp (v k) - exp (v l)))))) / 2).
Qed.

End Families.

Section More.
Variable n : nat.
Implicit Types (lambda c t : R) (z v q r : 'I_n -> R) (i k : 'I_n).

Lemma sum_const_but i (a : R) : \sum_(k < n | k != i) a = (INR n - 1) * a.
Proof. by rewrite sum_except sum_const; ring. Qed.

Theorem fano lambda z i : 0 < lambda -> (2 <= n)%N ->
  (1 - softmax lambda z i) * ln (INR n - 1) - (1 - softmax lambda z i) * ln (1 - softmax lambda z i)
  - softmax lambda z i * ln (softmax lambda z i) - entropy (softmax lambda z) >= 0.
Proof.
move=> _ n2; set p := softmax lambda z; have m0 : 0 < INR n - 1 by have := le_INR _ _ (leP n2); rewrite /=; lra.
have P0 : 0 < 1 - p i by have [j ij] := other_class i n2; have := p_lt1 lambda z ij; rewrite /p; lra.
have p0 k : 0 < p k := p_gt0 lambda z k; set e := (1 - p i) / (INR n - 1).
have e0 : 0 < e := Rdiv_lt_0_compat _ _ P0 m0.
have le : \sum_(k < n | k != i) (p k - e) <= \sum_(k < n | k != i) (p k * (ln (p k) - ln e)).
  apply: sum_le => k _; have := kl_term (Rlt_le _ _ (p0 k)) e0; rewrite ln_div //; lra.
move: le; rewrite sum_sub (p_others lambda z i) sum_const_but -/(p i) => le.
rewrite (sum_eq (fun k _ => Rmult_minus_distr_l (p k) _ _)) sum_sub sum_scaler (p_others lambda z i) in le.
have all : (INR n - 1) * e = 1 - p i by rewrite /e; field; lra.
by move: le; rewrite /entropy (sum_split i) all -/(p i) /e ln_div //; lra.
Qed.

(** log of the partition function along w + t v. *)
Lemma log_partition_line w v t : (0 < n)%N ->
  is_derive (fun t => ln (partition 1 (fun k => w k + t * v k))) t (dot (softmax 1 (fun k => w k + t * v k)) v).
Proof.
move=> /class0 i; have hk k : is_derive (fun t => exp (1 * (w k + t * v k))) t (exp (1 * (w k + t * v k)) * v k).
  by auto_derive => //; ring.
apply: is_derive_eq (is_derive_lnc _ (is_derive_bigsum (P := xpredT) (fun k _ => hk k))) _.
  exact: partition_gt0 i.
rewrite /dot /Rdiv -sum_scaler; apply: sum_eq => k _; rewrite /softmax /partition; field.
exact: Rgt_not_eq (partition_gt0 1 _ i).
Qed.

Section Hoeffding.
Variables (lambda : R) (z v : 'I_n -> R).

Definition tilted t k := lambda * z k + t * v k.

Lemma exp_tilted0 k : exp (1 * tilted 0 k) = exp (lambda * z k).
Proof. by congr exp; rewrite /tilted; ring. Qed.

Lemma partition_tilted0 : partition 1 (tilted 0) = partition lambda z.
Proof. exact: sum_eq (fun k _ => exp_tilted0 k). Qed.

Lemma mean_tilted0 : dot (softmax 1 (tilted 0)) v = mean lambda z v.
Proof. by apply: sum_eq => k _; rewrite /softmax exp_tilted0 partition_tilted0. Qed.

Lemma partition_tilted t : (0 < n)%N ->
  partition 1 (tilted t) = partition lambda z * mean lambda z (fun k => exp (t * v k)).
Proof.
move=> /class0 i; have Z0 := partition_gt0 lambda z i; rewrite /mean -sum_scale; apply: sum_eq => k _.
have -> : exp (1 * tilted t k) = exp (lambda * z k) * exp (t * v k).
  by rewrite -exp_plus; congr exp; rewrite /tilted; ring.
by rewrite /softmax; field; lra.
Qed.

(** The second derivative of log Z along the tilt is a variance, and Popoviciu bounds it. *)
Lemma cumulants c : (0 < n)%N -> ln (partition 1 (tilted c)) - ln (partition 1 (tilted 0))
  <= c * dot (softmax 1 (tilted 0)) v + c ^ 2 * (vmax v - vmin v) ^ 2 / 8.
Proof.
move=> h; pose f t := t ^ 2 * (vmax v - vmin v) ^ 2 / 8 - ln (partition 1 (tilted t)).
pose d t := t * (vmax v - vmin v) ^ 2 / 4 - dot (softmax 1 (tilted t)) v.
pose e t := (vmax v - vmin v) ^ 2 / 4 - var 1 (tilted t) v.
have hd t : is_derive f t (d t).
  by apply: is_derive_minus _ (log_partition_line (fun k => lambda * z k) v t h); auto_derive => //; field.
have he t : is_derive d t (e t).
  rewrite /e -cov_self -[cov _ _ _ _]Rmult_1_l.
  by apply: is_derive_minus _ (line_slope 1 (fun k => lambda * z k) v v t); auto_derive => //; field.
have pos t : 0 <= e t by have := popoviciu (tilted t) v Rlt_0_1 h; rewrite /e; lra.
by have := @above_tangent 0 c f d e (fun t _ => hd t) (fun t _ => he t) (fun t _ => pos t); rewrite /f /d; lra.
Qed.

Theorem hoeffding c : 0 < lambda -> (0 < n)%N ->
  ln (mean lambda z (fun k => exp (c * v k))) <= c ^ 2 * (vmax v - vmin v) ^ 2 / 8 + c * mean lambda z v.
Proof.
move=> _ h; have i := class0 h; have Z0 := partition_gt0 lambda z i.
have M0 : 0 < mean lambda z (fun k => exp (c * v k)).
  by apply: (sum_gt0 i) => k; apply: Rmult_lt_0_compat (p_gt0 _ _ _) (exp_pos _).
by have := cumulants c h; rewrite mean_tilted0 partition_tilted0 partition_tilted // ln_mult //; lra.
Qed.

End Hoeffding.

(** One class: log_pade, and the tangent of a square at its share s of the whole distance. *)
Lemma pinsker_term (a b s : R) : 0 < a -> 0 < b ->
  a - b + Rabs (a - b) * s - (a + 2 * b) * s ^ 2 / 6 <= a * ln (a / b).
Proof.
move=> a0 b0; have := log_pade b0 a0; set u := Rabs (a - b).
have <- : u ^ 2 = (a - b) ^ 2 by apply: pow2_abs.
have sq : 0 <= 3 * (u - (a + 2 * b) * s / 3) ^ 2 / (2 * a + 4 * b).
  apply: Rmult_le_pos; first by have := pow2_ge_0 (u - (a + 2 * b) * s / 3); lra.
  by apply: Rlt_le; apply: Rinv_0_lt_compat; lra.
suff -> : 3 * u ^ 2 / (2 * a + 4 * b)
    = 3 * (u - (a + 2 * b) * s / 3) ^ 2 / (2 * a + 4 * b) + u * s - (a + 2 * b) * s ^ 2 / 6 by lra.
by field; lra.
Qed.

Theorem pinsker r q : (0 < n)%N -> (forall k, q k > 0) -> (forall k, r k > 0) ->
  \sum_(l < n) q l = 1 -> \sum_(l < n) r l = 1 -> kl q r >= (\sum_(l < n) Rabs (q l - r l)) ^ 2 / 2.
Proof.
move=> _ q0 r0 q1 r1; set s := \sum_(l < n) _; apply: Rle_ge.
have le : \sum_(k < n) (q k - r k + Rabs (q k - r k) * s - (q k + 2 * r k) * s ^ 2 / 6) <= kl q r.
  by rewrite /kl; apply: sum_le => k _; apply: pinsker_term; [exact: q0 | exact: r0].
apply: Rle_trans le; rewrite sum_sub sum_add sum_sub sum_scaler q1 r1 -/s.
have e k : (q k + 2 * r k) * s ^ 2 / 6 = (q k + 2 * r k) * (s ^ 2 / 6) by field.
by rewrite (sum_eq (fun k _ => e k)) sum_scaler sum_add sum_scale q1 r1; lra.
Qed.

End More.

(** * What the hypotheses are for *)

Section Needs.

Lemma lt02 : 0 < 2. Proof. lra. Qed.
Lemma ln2_ge : 2 / 3 <= ln 2.
Proof. by have := @log_mean 1 2 Rlt_0_1; rewrite (_ : 2 / 1 = 2); [lra | field]. Qed.
Lemma ln2_lt : ln 2 < 1.
Proof. by have := @ln_lt_sub1 2 lt02; lra. Qed.
Lemma ln4 : ln 4 = 2 * ln 2.
Proof. by rewrite (_ : 4 = 2 * 2); [rewrite ln_mult; lra | ring]. Qed.

Theorem bernoulli_needs : ~ forall c x : R, x > 0 -> 0 < x -> Rpower x c >= c * (x - 1) + 1.
Proof.
have p : 0 < 4 by lra. move=> /(_ (/ 2) 4 p p); rewrite Rpower_sqrt //.
by rewrite (_ : 4 = 2 * 2); [rewrite sqrt_square; lra | ring].
Qed.

Theorem amgm_needs_1 : ~ forall c x y : R, x > 0 -> y > 0 -> c >= 0 -> 0 < x -> 0 < y ->
  c * x + y * (1 - c) >= Rpower x c * Rpower y (1 - c).
Proof.
have c0 : 2 >= 0 by lra.
move=> /(_ 2 1 2 Rlt_0_1 lt02 c0 Rlt_0_1 lt02).
by have := Rmult_lt_0_compat _ _ (exp_pos (2 * ln 1)) (exp_pos ((1 - 2) * ln 2)); rewrite /Rpower; lra.
Qed.

Theorem amgm_needs_2 : ~ forall c x y : R, x > 0 -> y > 0 -> c <= 1 -> 0 < x -> 0 < y ->
  c * x + y * (1 - c) >= Rpower x c * Rpower y (1 - c).
Proof.
have c0 : -1 <= 1 by lra.
move=> /(_ (-1) 2 1 lt02 Rlt_0_1 c0 lt02 Rlt_0_1).
by have := Rmult_lt_0_compat _ _ (exp_pos (-1 * ln 2)) (exp_pos ((1 - -1) * ln 1)); rewrite /Rpower; lra.
Qed.

Theorem variational_needs : ~ forall (n : nat) (v r q : 'I_n -> R), (0 < n)%N ->
  (forall k, q k > 0) -> (forall k, r k > 0) -> \sum_(l < n) r l = 1 -> 0 < \sum_(l < n) (r l * exp (v l)) ->
  ln (\sum_(l < n) (r l * exp (v l))) >= \sum_(l < n) (q l * v l) - kl q r.
Proof.
move=> /(_ 1%N (fun _ => 2) (fun _ => 1) (fun _ => 2) isT (fun _ => lt02) (fun _ => Rlt_0_1) (sum_one _)).
rewrite /kl !sum_one Rmult_1_l ln_exp (_ : 2 / 1 = 2); last by field.
by move=> /(_ (exp_pos 2)); have := ln2_lt; lra.
Qed.

Lemma Rpower_m1 x : 0 < x -> Rpower x (1 - 2) = / x.
Proof. by move=> x0; rewrite (_ : 1 - 2 = - (1)) ?Rpower_Ropp ?Rpower_1 //; ring. Qed.

Lemma Rpower_2 x : 0 < x -> Rpower x 2 = x * x.
Proof. by move=> x0; rewrite -{2 3}(Rpower_1 x x0) -Rpower_plus; congr Rpower; ring. Qed.

Definition up (k : 'I_2) := 1 + INR k.
Definition down (k : 'I_2) := 2 - INR k.

Lemma up_gt0 k : 0 < up k. Proof. by have := pos_INR k; rewrite /up; lra. Qed.
Lemma down_gt0 k : 0 < down k.
Proof. by rewrite /down; case: k => [[|[|m]] h] //=; lra. Qed.

Lemma sum_up : \sum_(l < 2) up l = 3. Proof. by rewrite sum_two /up /=; ring. Qed.
Lemma sum_down : \sum_(l < 2) down l = 3. Proof. by rewrite sum_two /down /=; ring. Qed.

Lemma sum_mixed : \sum_(l < 2) (Rpower (up l) 2 * Rpower (down l) (1 - 2)) = 9 / 2.
Proof.
rewrite sum_two !Rpower_2 ?Rpower_m1; try exact: up_gt0; try exact: down_gt0.
by rewrite /up /down /=; field.
Qed.

Lemma ln3_lt : ln 3 < ln (9 / 2). Proof. by apply: ln_increasing; lra. Qed.

Theorem holder_needs_1 : ~ forall (n : nat) (y x : 'I_n -> R) (c : R), (0 < n)%N ->
  (forall k, x k > 0) -> (forall k, y k > 0) -> c >= 0 ->
  0 < \sum_(l < n) (Rpower (x l) c * Rpower (y l) (1 - c)) -> (forall l, 0 < x l) -> (forall l, 0 < y l) ->
  0 < \sum_(l < n) x l -> 0 < \sum_(l < n) y l ->
  ln (\sum_(l < n) (Rpower (x l) c * Rpower (y l) (1 - c)))
  <= c * ln (\sum_(l < n) x l) + (1 - c) * ln (\sum_(l < n) y l).
Proof.
have c0 : 2 >= 0 by [lra]; have a : 0 < 9 / 2 by [lra]; have b : 0 < 3 by lra.
move=> /(_ 2%N down up 2 isT up_gt0 down_gt0 c0); rewrite sum_mixed sum_up sum_down.
by move=> /(_ a up_gt0 down_gt0 b b); have := ln3_lt; lra.
Qed.

Theorem holder_needs_2 : ~ forall (n : nat) (y x : 'I_n -> R) (c : R), (0 < n)%N ->
  (forall k, x k > 0) -> (forall k, y k > 0) -> c <= 1 ->
  0 < \sum_(l < n) (Rpower (x l) c * Rpower (y l) (1 - c)) -> (forall l, 0 < x l) -> (forall l, 0 < y l) ->
  0 < \sum_(l < n) x l -> 0 < \sum_(l < n) y l ->
  ln (\sum_(l < n) (Rpower (x l) c * Rpower (y l) (1 - c)))
  <= c * ln (\sum_(l < n) x l) + (1 - c) * ln (\sum_(l < n) y l).
Proof.
have c1 : 1 - 2 <= 1 by [lra]; have a : 0 < 9 / 2 by [lra]; have b : 0 < 3 by lra.
have e : \sum_(l < 2) (Rpower (down l) (1 - 2) * Rpower (up l) (1 - (1 - 2))) = 9 / 2.
  by rewrite -sum_mixed; apply: sum_eq => k _; rewrite Rmult_comm (_ : 1 - (1 - 2) = 2) //; ring.
move=> /(_ 2%N up down (1 - 2) isT down_gt0 up_gt0 c1); rewrite e sum_up sum_down.
by move=> /(_ a down_gt0 up_gt0 b b); have := ln3_lt; lra.
Qed.

(** Two classes of the probabilities 1/3 and 2/3. *)
Definition thirds (k : 'I_2) := INR k * ln 2.

Lemma p_thirds k : softmax 1 thirds k = up k / 3.
Proof.
have e (l : 'I_2) : exp (1 * thirds l) = up l.
  by rewrite /thirds /up; case: l => [[|[|m]] h] //=; rewrite ?Rmult_0_l Rmult_1_l ?Rmult_1_l ?exp_0 ?exp_ln; lra.
by rewrite /softmax /partition (sum_eq (fun l _ => e l)) sum_up e.
Qed.

Theorem renyi_needs_1 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (c : R), 0 < lambda -> (0 < n)%N -> c > 0 ->
  ln (\sum_(k < n) Rpower (softmax lambda z k) c) <= (1 - c) * ln (INR n).
Proof.
move=> /(_ 2%N 1 thirds 2 Rlt_0_1 isT lt02).
rewrite sum_two !p_thirds !Rpower_2 /up /=; try lra.
have -> : (1 + 0) / 3 * ((1 + 0) / 3) + (1 + 1) / 3 * ((1 + 1) / 3) = / (9 / 5) by field.
by rewrite ln_Rinv; [have : ln (9 / 5) < ln 2 by [apply: ln_increasing; lra]; rewrite (_ : 1 + 1 = 2); lra | lra].
Qed.

Theorem renyi_needs_2 : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (c : R), 0 < lambda -> (0 < n)%N -> c < 1 ->
  ln (\sum_(k < n) Rpower (softmax lambda z k) c) <= (1 - c) * ln (INR n).
Proof.
have c1 : 1 - 2 < 1 by lra. move=> /(_ 2%N 1 thirds (1 - 2) Rlt_0_1 isT c1).
rewrite sum_two !p_thirds !Rpower_m1 /up /=; try lra.
have -> : / ((1 + 0) / 3) + / ((1 + 1) / 3) = 9 / 2 by field.
have : ln 4 < ln (9 / 2) by apply: ln_increasing; lra.
by rewrite ln4 (_ : 1 + 1 = 2); lra.
Qed.

Theorem log_mean_needs : ~ forall x y : R, x > 0 -> y > 0 -> 0 < y / x -> x <> 0 -> x + y <> 0 ->
  ln (y / x) >= 2 * (y - x) / (x + y).
Proof.
have a : 4 > 0 by [lra]; have b : 0 < 1 / 4 by [lra]; have c : 4 <> 0 by [lra]; have d : 4 + 1 <> 0 by lra.
by move=> /(_ 4 1 a Rlt_0_1 b c d); rewrite /Rdiv Rmult_1_l ln_Rinv // ln4; have := ln2_ge; lra.
Qed.

Theorem log_pade_needs : ~ forall x y : R, 0 < y / x -> x <> 0 -> 2 * y + 4 * x <> 0 ->
  y * ln (y / x) + x - y >= 3 * (y - x) ^ 2 / (2 * y + 4 * x).
Proof.
have e : -4 / -1 = 4 by field.
have a : 0 < -4 / -1 by [rewrite e; lra]; have b : -1 <> 0 by [lra]; have c : 2 * -4 + 4 * -1 <> 0 by lra.
by move=> /(_ (-1) (-4) a b c); rewrite e ln4; have := ln2_ge; lra.
Qed.

Theorem exp_two_needs : ~ forall y : R, y ^ 2 / 2 - y + 1 >= exp (- y).
Proof.
move=> /(_ (-4)); rewrite (_ : - -4 = 1 + 1 + (1 + 1)); last by ring.
rewrite !exp_plus => h; have e2 := exp_ineq1_le 1; have e4 : 4 <= exp 1 * exp 1 by nra.
by have : 16 <= exp 1 * exp 1 * (exp 1 * exp 1); nra.
Qed.

Theorem exp_chord_needs : ~ forall y : R, y >= 0 -> y ^ 2 * (exp 1 - 2) + y + 1 >= exp y.
Proof.
have y0 : 1 + 1 >= 0 by lra.
by move=> /(_ _ y0); rewrite exp_plus; have := pow2_ge_0 (exp 1 - 2); nra.
Qed.

Theorem pinsker_needs_1 : ~ forall (n : nat) (r q : 'I_n -> R), (0 < n)%N -> (forall k, q k > 0) ->
  (forall k, r k > 0) -> \sum_(l < n) q l = 1 -> kl q r >= (\sum_(l < n) Rabs (q l - r l)) ^ 2 / 2.
Proof.
move=> /(_ 1%N (fun _ => 2) (fun _ => 1) isT (fun _ => Rlt_0_1) (fun _ => lt02) (sum_one _)).
rewrite /kl !sum_one; have h : 0 < 1 / 2 by lra.
by have := ln_le_sub1 h; have := pow2_ge_0 (Rabs (1 - 2)); lra.
Qed.

Theorem pinsker_needs_2 : ~ forall (n : nat) (r q : 'I_n -> R), (0 < n)%N -> (forall k, q k > 0) ->
  (forall k, r k > 0) -> \sum_(l < n) r l = 1 -> kl q r >= (\sum_(l < n) Rabs (q l - r l)) ^ 2 / 2.
Proof.
have h : / 2 > 0 by lra.
move=> /(_ 1%N (fun _ => 1) (fun _ => / 2) isT (fun _ => h) (fun _ => Rlt_0_1) (sum_one _)).
by rewrite /kl !sum_one /Rdiv Rinv_1 Rmult_1_r; have := ln_le_sub1 h; have := pow2_ge_0 (Rabs (/ 2 - 1)); nra.
Qed.

End Needs.
