(** What of softmax is not due to exp: normalising any positive increasing function has the same sign structure.

      share f z i            f(z_i) / sum_k f(z_k)
      is_partial_share       d share_i/dz_j = f'(z_j) (delta_ij - share_i) / sum_k f(z_k)
      share_diag_gt0, share_offdiag_lt0        the signs, for every positive f with f' > 0

    The thread's third answer asks for more of exp, "monotone and strictly convex", and gets less than it says. Two of
    its sentences are refuted here:

      convex_not_winner_take_all      f(x) = x + sqrt(1 + x^2) is positive, increasing and strictly convex, and yet
                                      f(lambda z_i) / sum_k f(lambda z_k) tends to 1/3, 2/3 at z = (1, 2)
      convex_not_positive             f(x) = exp x - 1 is increasing and strictly convex, and yet a share is negative *)

From Softmax Require Export zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition share n (f : R -> R) (z : 'I_n -> R) i := f (z i) / (\sum_(k < n) f (z k)).
Definition increasing_on_R (f : R -> R) := forall x y, x < y -> f x < f y.
Definition strictly_convex (f : R -> R) :=
  forall x y t, x <> y -> 0 < t < 1 -> f (t * x + (1 - t) * y) < t * f x + (1 - t) * f y.

Section Share.
Variables (n : nat) (f f' : R -> R).
Context (f_gt0 : forall x, 0 < f x) (f_slope : forall x, is_derive f x (f' x)).
Implicit Types (z : 'I_n -> R) (i j k : 'I_n).

Lemma share_den_gt0 z i : 0 < \sum_(k < n) f (z k).
Proof. exact: (sum_gt0 i) (fun k => f_gt0 _). Qed.

Theorem share_gt0 z i : 0 < share f z i.
Proof. exact: Rdiv_lt_0_compat (f_gt0 _) (share_den_gt0 z i). Qed.

Theorem share_sum1 z : (0 < n)%N -> \sum_(k < n) share f z k = 1.
Proof.
move=> /class0 i; rewrite /share /Rdiv sum_scaler.
by apply: Rinv_r; apply: Rgt_not_eq (share_den_gt0 z i).
Qed.

Theorem is_partial_share z i j :
  is_partial (fun z => share f z i) z j (f' (z j) * (delta i j - share f z i) / (\sum_(k < n) f (z k))).
Proof.
have hk k : is_derive (fun t => f (upd z j t k)) (z j) (f' (z k) * delta k j).
  have fk : is_derive f (upd z j (z j) k) (f' (z k)) by rewrite upd_id.
  by apply: is_derive_eq (is_derive_comp f _ _ _ _ fk (is_derive_upd z j k (z j))) _; rewrite /scal /= /mult /=; ring.
have e0 k : f (upd z j (z j) k) = f (z k) by rewrite upd_id.
have s0 : \sum_(k < n) f (upd z j (z j) k) <> 0 by apply: Rgt_not_eq (share_den_gt0 _ i).
have hs := is_derive_bigsum (P := xpredT) (fun k _ => hk k).
apply: is_derive_eq (is_derive_div _ _ _ _ _ (hk i) hs s0) _; move: s0; rewrite (sum_eq (fun k _ => e0 k)) e0 => s0.
have d k : f' (z k) * delta k j = f' (z k) * delta j k by rewrite delta_sym.
have sw : f' (z i) * delta i j = f' (z j) * delta i j by rewrite /delta; case: eqP => [->|_]; ring.
by rewrite (sum_eq (fun k _ => d k)) sum_deltar sw /share; field.
Qed.

Theorem share_diag_gt0 z i : (forall x, 0 < f' x) -> (2 <= n)%N -> 0 < partial (fun z => share f z i) z i.
Proof.
move=> f'0 /(other_class i) [j ij]; rewrite (is_partial_unique (is_partial_share z i i)) delta_refl.
apply: Rdiv_lt_0_compat (share_den_gt0 z i); apply: Rmult_lt_0_compat => //.
have n0 := class_some i; have := share_sum1 z n0; rewrite (sum_split i) (sum_pick _ (i := j)); last by rewrite eq_sym.
have := share_gt0 z j; have : 0 <= \sum_(k < n | (k != i) && (k != j)) share f z k.
  by apply: sum_ge0 => k _; apply: Rlt_le (share_gt0 _ _).
lra.
Qed.

Theorem share_offdiag_lt0 z i j : (forall x, 0 < f' x) -> i != j -> partial (fun z => share f z i) z j < 0.
Proof.
move=> f'0 ij; rewrite (is_partial_unique (is_partial_share z i j)) delta_ne //.
suff: 0 < f' (z j) * share f z i / (\sum_(k < n) f (z k)) by rewrite /Rdiv; lra.
by apply: Rdiv_lt_0_compat (share_den_gt0 z i); apply: Rmult_lt_0_compat => //; apply: share_gt0.
Qed.

End Share.

(** * The third answer's sentences *)

Lemma sqrt_gt_abs x : Rabs x < sqrt (1 + x ^ 2).
Proof. by rewrite -sqrt_Rsqr_abs; apply: sqrt_lt_1; rewrite /Rsqr; nra. Qed.

Lemma sqrt_strictly_convex : strictly_convex (fun x => sqrt (1 + x ^ 2)).
Proof.
move=> x y t xy ht; set a := sqrt (1 + x ^ 2); set b := sqrt (1 + y ^ 2).
have [a0 b0] : 0 <= a /\ 0 <= b by split; apply: sqrt_pos.
have [a2 b2] : a * a = 1 + x ^ 2 /\ b * b = 1 + y ^ 2 by split; apply: sqrt_sqrt; nra. have ab : 1 + x * y < a * b.
  have e : (a * b) ^ 2 = (a * a) * (b * b) by ring.
  have : (1 + x * y) ^ 2 < (a * b) ^ 2 by rewrite e a2 b2; have : 0 < (x - y) ^ 2 by [apply: pow2_gt_0; lra]; lra.
  by have : 0 <= a * b by [apply: Rmult_le_pos]; nra.
rewrite -[X in _ < X]sqrt_Rsqr; last by apply: Rplus_le_le_0_compat; apply: Rmult_le_pos; lra.
apply: sqrt_lt_1_alt; split; first by have := pow2_ge_0 (t * x + (1 - t) * y); lra.
have e : (t * a + (1 - t) * b) * (t * a + (1 - t) * b)
  = t ^ 2 * (a * a) + 2 * (t * (1 - t)) * (a * b) + (1 - t) ^ 2 * (b * b) by ring.
rewrite /Rsqr e a2 b2; have tt : 0 < t * (1 - t) by nra.
by have : 0 < t * (1 - t) * (a * b - (1 + x * y)) by [apply: Rmult_lt_0_compat; lra]; lra.
Qed.

Lemma rising_increasing : increasing_on_R (fun x => x + sqrt (1 + x ^ 2)).
Proof.
move=> x y xy; set a := sqrt (1 + x ^ 2); set b := sqrt (1 + y ^ 2).
have [a2 b2] : a * a = 1 + x ^ 2 /\ b * b = 1 + y ^ 2 by split; apply: sqrt_sqrt; nra.
have xa : - x < a by have := sqrt_gt_abs x; have := Rle_abs (- x); rewrite Rabs_Ropp -/a; lra.
have yb : - y < b by have := sqrt_gt_abs y; have := Rle_abs (- y); rewrite Rabs_Ropp -/b; lra.
have [a0 b0] : 0 <= a /\ 0 <= b by split; apply: sqrt_pos.
apply: Rnot_le_lt => le; have h1 : 0 < (y - x) * (a + b + x + y) by apply: Rmult_lt_0_compat; lra.
by have h2 : 0 <= (a + b) * ((x + a) - (y + b)) by [apply: Rmult_le_pos; lra]; nra.
Qed.

(** f (lambda c) is lambda (c + sqrt (u^2 + c^2)) with u = 1/lambda, which tends to 0. *)
Lemma rising_scaled l c : 0 < l -> l * c + sqrt (1 + (l * c) ^ 2) = l * (c + sqrt ((/ l) ^ 2 + c ^ 2)).
Proof.
move=> l0; have e : 1 + (l * c) ^ 2 = l ^ 2 * ((/ l) ^ 2 + c ^ 2) by field; lra.
by rewrite e sqrt_mult ?sqrt_pow2; [ring | lra | apply: pow2_ge_0 | nra].
Qed.

Lemma rising_limit : let f x := x + sqrt (1 + x ^ 2) in
  filterlim (fun lambda => f (lambda * 2) / (f (lambda * 1) + f (lambda * 2))) (Rbar_locally p_infty) (locally (2 / 3)).
Proof.
move=> f; pose h u := (2 + sqrt (u ^ 2 + 2 ^ 2)) / (1 + sqrt (u ^ 2 + 1 ^ 2) + (2 + sqrt (u ^ 2 + 2 ^ 2))).
have d u c : 0 <= sqrt (u ^ 2 + c ^ 2) := sqrt_pos _. have s c : 0 <= c -> sqrt (0 ^ 2 + c ^ 2) = c.
  by move=> c0; rewrite (_ : 0 ^ 2 + c ^ 2 = c ^ 2); [exact: sqrt_pow2 | ring].
have h0 : h 0 = 2 / 3 by rewrite /h !s; [field | lra | lra]. have hc : continuous h 0.
  apply: ex_derive_continuous; rewrite /h; auto_derive; repeat split; try nra.
  by have := d 0 1; have := d 0 2; rewrite /= => ? ?; apply: Rgt_not_eq; lra.
refine (lim_ext_loc (lim_eq (lim_hot hc) h0) _); exists 0 => l l0.
rewrite /f !rising_scaled // /h; move: (d (/ l) 1) (d (/ l) 2).
set s1 := sqrt _; set s2 := sqrt _ => ? ?; have t0 : 0 < 1 + s1 + (2 + s2) by lra.
have -> : l * (1 + s1) + l * (2 + s2) = l * (1 + s1 + (2 + s2)) by ring. by field; lra.
Qed.

Theorem convex_not_winner_take_all : let f x := x + sqrt (1 + x ^ 2) in
  [/\ forall x, 0 < f x, increasing_on_R f, strictly_convex f &
    filterlim (fun lambda => f (lambda * 2) / (f (lambda * 1) + f (lambda * 2))) (Rbar_locally p_infty)
      (locally (2 / 3))].
Proof.
move=> f; split.
- by move=> x; have := sqrt_gt_abs x; have := Rle_abs (- x); rewrite Rabs_Ropp /f; lra.
- exact: rising_increasing.
- by move=> x y t xy ht; have := sqrt_strictly_convex xy ht; rewrite /f /=; lra.
exact: rising_limit.
Qed.

Lemma exp_strictly_convex : strictly_convex exp.
Proof.
move=> x y t xy ht; set m := t * x + (1 - t) * y; have e0 := exp_pos m.
have above u : u <> m -> exp m * (1 + (u - m)) < exp u.
  move=> um; rewrite -{2}[u](Rplus_minus m) exp_plus; apply: Rmult_lt_compat_l => //.
  by apply: exp_ineq1; lra.
have xm : x <> m by rewrite /m => e; apply: xy; nra.
have ym : y <> m by rewrite /m => e; apply: xy; nra.
have hx := above x xm; have hy := above y ym.
have : t * (exp m * (1 + (x - m))) + (1 - t) * (exp m * (1 + (y - m))) = exp m by rewrite {2 4}/m; ring.
by nra.
Qed.

Theorem convex_not_positive : let f x := exp x - 1 in
  [/\ increasing_on_R f, strictly_convex f & share f (fun k : 'I_2 => 2 * INR k - 1) (class 1 of 2) < 0].
Proof.
move=> f; split; first by move=> x y /exp_increasing; rewrite /f; lra.
  by move=> x y t xy ht; have := exp_strictly_convex xy ht; rewrite /f; lra.
have z1 : 2 * INR (class 1 of 2) - 1 = - (1) by rewrite /=; lra.
have z2 : 2 * INR (class 2 of 2) - 1 = 1 by rewrite /=; lra.
rewrite /share sum_two z1 z2 /f; have e1 : 2 < exp 1 by have := @exp_ineq1 1; lra.
have e2 := exp_pos (- (1)); have lt1 : exp (- (1)) < 1 by rewrite -[X in _ < X]exp_0; apply: exp_increasing; lra.
have : 0 < (1 - exp (- (1))) / (exp (- (1)) - 1 + (exp 1 - 1)) by apply: Rdiv_lt_0_compat; lra.
by rewrite /Rdiv; lra.
Qed.
