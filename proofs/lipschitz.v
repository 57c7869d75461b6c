(** How far softmax moves: it is lambda/2-Lipschitz in the Euclidean norm, and no better, for every n >= 2.

      norm2 v, dot v w            sum_k v_k^2, the squared Euclidean norm, and sum_k v_k w_k
      cov lambda z v w            <v w> - <v><w>: lambda cov is the bilinear form of the Jacobian
      var_le_half                 v^T J v = lambda Var v <= lambda/2 |v|^2
      softmax_cocoercive          |p(z) - p(w)|^2 <= lambda/2 <p(z) - p(w), z - w>
      softmax_monotone            so softmax is a monotone operator ...
      softmax_lipschitz           ... and lambda/2-Lipschitz: |p(z) - p(w)|^2 <= (lambda/2)^2 |z - w|^2
      lipschitz_sharp             no constant below lambda/2 will do, for any n >= 2
      var_half_attained           v^T J v = lambda/2 |v|^2 at some z and v <> 0, just for n = 2 *)

From Softmax Require Export zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Lipschitz.
Variable n : nat.
Implicit Types (lambda : R) (z w v u d : 'I_n -> R) (i j k l : 'I_n).

Definition norm2 v := \sum_(k < n) v k ^ 2.
Definition dot v w := \sum_(k < n) (v k * w k).
Definition cov lambda z v w := mean lambda z (fun k => v k * w k) - mean lambda z v * mean lambda z w.

(** Gershgorin's bound, by pairs of classes: (v_k - v_l)^2 <= 2 (v_k^2 + v_l^2). *)
Lemma pairs_row_le lambda z v k : let p := softmax lambda z in
  \sum_(l < n) (p k * p l * (v k - v l) ^ 2) <=
  2 * (p k * (1 - p k) * v k ^ 2) + 2 * (p k * (\sum_(l < n) (p l * v l ^ 2) - p k * v k ^ 2)).
Proof.
move=> p; set bound := (X in _ <= X).
have e : \sum_(l < n | l != k) (2 * (p k * v k ^ 2) * p l + 2 * p k * (p l * v l ^ 2)) = bound.
  by rewrite sum_add !sum_scale (p_others lambda z k) sum_except /bound -/p; ring.
rewrite -e (sum_split k) (_ : p k * p k * (v k - v k) ^ 2 = 0) ?Rplus_0_l; last by ring.
apply: sum_le => l _; have : 0 < p k * p l := p_pair_gt0 lambda z k l.
by have := pow2_ge_0 (v k + v l); nra.
Qed.

Lemma var_pairs_le lambda z v : (0 < n)%N ->
  var lambda z v <= 2 * (\sum_(k < n) (softmax lambda z k * (1 - softmax lambda z k) * v k ^ 2)).
Proof.
move=> h; pose p := softmax lambda z; pose M := \sum_(k < n) (p k * v k ^ 2).
pose B k := 2 * (p k * (1 - p k) * v k ^ 2) + 2 * (p k * (M - p k * v k ^ 2)).
have eB : \sum_(k < n) B k = 4 * (\sum_(k < n) (p k * (1 - p k) * v k ^ 2)).
  have e k : B k = 4 * (p k * (1 - p k) * v k ^ 2) + (2 * M * p k - 2 * (p k * v k ^ 2)) by rewrite /B; ring.
  by rewrite (sum_eq (fun k _ => e k)) sum_add sum_sub !sum_scale -/M (p_sum1 lambda z h); ring.
suff: 2 * var lambda z v <= \sum_(k < n) B k by rewrite eB -/p; lra.
by rewrite var_pairs //; apply: sum_le => k _; apply: pairs_row_le.
Qed.

Theorem var_le_half lambda z v : (0 < n)%N -> 2 * var lambda z v <= norm2 v.
Proof.
move=> h; apply: (Rle_trans _ (2 * (2 * (\sum_(k < n) (softmax lambda z k * (1 - softmax lambda z k) * v k ^ 2))))).
  by have := var_pairs_le lambda z v h; lra.
rewrite /norm2 -!sum_scale; apply: sum_le => k _; have := pow2_ge_0 (v k).
by have := pow2_ge_0 (1 - 2 * softmax lambda z k); nra.
Qed.

(** The covariance against the variances: Var (v - 2/lambda ... ) is not negative. *)
Lemma cov_le lambda z v w (s : R) : (0 < n)%N ->
  2 * s * cov lambda z v w <= var lambda z v + s ^ 2 * var lambda z w.
Proof.
move=> h; have := var_ge0 lambda z (fun k => v k + - s * w k) h; rewrite /var /cov.
have e k : (v k + - s * w k) ^ 2 = v k ^ 2 + (- (2 * s) * (v k * w k) + s ^ 2 * w k ^ 2) by ring.
by rewrite (mean_eq _ _ e) !mean_add !mean_scale; nra.
Qed.

(** Along a line the pairing with u changes at the rate lambda cov. *)
Lemma line_slope lambda w d u (t : R) :
  is_derive (fun t => dot (softmax lambda (fun k => w k + t * d k)) u) t
    (lambda * cov lambda (fun k => w k + t * d k) u d).
Proof.
pose c s k := w k + s * d k; pose p := softmax lambda (c t).
have hc k : is_derive (fun s => c s k) t (d k) by rewrite /c; auto_derive => //; ring.
have hk k : is_derive (fun s => softmax lambda (c s) k * u k) t
    (lambda * (p k * (u k * d k)) - lambda * mean lambda (c t) d * (p k * u k)).
  apply: is_derive_eq (is_derive_mult _ _ _ _ _ (softmax_curve k (is_derive_const lambda t) hc)
    (is_derive_const (u k) t) Rmult_comm) _.
  have e l : @zero R_AbsRing * c t l + lambda * d l = lambda * d l by rewrite /zero /=; ring.
  by rewrite e (mean_eq _ _ e) mean_scale /plus /mult /zero /= /p; ring.
apply: is_derive_eq (is_derive_bigsum (P := xpredT) (fun k _ => hk k)) _.
by rewrite sum_sub !sum_scale /cov -/(mean lambda (c t) u) -/(mean lambda (c t) (fun k => u k * d k)) /c; ring.
Qed.

Lemma mean_value (g g' : R -> R) : (forall t, is_derive g t (g' t)) -> exists t, g 1 - g 0 = g' t.
Proof.
move=> h; have cont t : continuity_pt g t by apply/continuity_pt_filterlim/(derive_continuous (h t)).
have [t [_ e]] := MVT_gen g 0 1 g' (fun t _ => h t) (fun t _ => cont t).
by exists t; rewrite e; ring.
Qed.

Lemma dot_ends lambda z w u (c : R -> 'I_n -> R) : (forall k, c 1 k = z k) -> (forall k, c 0 k = w k) ->
  dot (softmax lambda (c 1)) u - dot (softmax lambda (c 0)) u
  = dot (fun k => softmax lambda z k - softmax lambda w k) u.
Proof.
move=> h1 h0; rewrite /dot -sum_sub; apply: sum_eq => k _.
by rewrite (p_ext lambda k h1) (p_ext lambda k h0); ring.
Qed.

Lemma norm2_dot v : norm2 v = dot v v.
Proof. by apply: sum_eq => k _; ring. Qed.

Lemma cov_self lambda z v : cov lambda z v v = var lambda z v.
Proof.
have e k : v k * v k = v k ^ 2 by ring.
by rewrite /cov /var (mean_eq _ _ e); ring.
Qed.

(** The heart: along the line from w to z the rate of dot p (p(z) - p(w)) less lambda/4 that of dot p (z - w) is
    at most |p(z) - p(w)|^2/2. *)
Theorem softmax_cocoercive lambda z w : 0 < lambda -> (0 < n)%N ->
  let D k := softmax lambda z k - softmax lambda w k in norm2 D <= lambda / 2 * dot D (fun k => z k - w k).
Proof.
move=> l0 h D; pose d k := z k - w k; pose c t k := w k + t * d k.
pose g t := dot (softmax lambda (c t)) D - lambda / 4 * dot (softmax lambda (c t)) d.
pose g' t := lambda * cov lambda (c t) D d - lambda / 4 * (lambda * cov lambda (c t) d d).
have hg t : is_derive g t (g' t).
  exact: is_derive_minus (line_slope lambda w d D t) (is_derive_scal _ _ (lambda / 4) _ (line_slope lambda w d d t)).
have [t mvt] := mean_value hg; have c1 k : c 1 k = z k by rewrite /c /d; ring.
have c0 k : c 0 k = w k by rewrite /c; ring.
have e u : dot (softmax lambda (c 1)) u - dot (softmax lambda (c 0)) u = dot D u := dot_ends lambda u c1 c0.
have ends : g 1 - g 0 = norm2 D - lambda / 4 * dot D d by rewrite norm2_dot -!e /g; ring.
have := cov_le lambda (c t) D d (lambda / 2) h; have := var_le_half lambda (c t) D h.
by move: mvt; rewrite ends /g' cov_self -/d; nra.
Qed.

Theorem softmax_monotone lambda z w : 0 < lambda -> (0 < n)%N ->
  0 <= dot (fun k => softmax lambda z k - softmax lambda w k) (fun k => z k - w k).
Proof.
move=> l0 h; have := softmax_cocoercive z w l0 h; rewrite /=; set D := fun k => _.
by have : 0 <= norm2 D by [apply: sum_ge0 => k _; apply: pow2_ge_0]; nra.
Qed.

Theorem softmax_lipschitz lambda z w : 0 < lambda -> (0 < n)%N ->
  norm2 (fun k => softmax lambda z k - softmax lambda w k) <= (lambda / 2) ^ 2 * norm2 (fun k => z k - w k).
Proof.
move=> l0 h; have := softmax_cocoercive z w l0 h; rewrite /=; set D := fun k => _; set d := fun k => _.
have : 0 <= norm2 (fun k => D k + - (lambda / 2) * d k) by apply: sum_ge0 => k _; apply: pow2_ge_0.
have e k : (D k + - (lambda / 2) * d k) ^ 2 = D k ^ 2 + (- lambda * (D k * d k) + (lambda / 2) ^ 2 * d k ^ 2) by field.
by rewrite /norm2 (sum_eq (fun k _ => e k)) !sum_add !sum_scale -/(norm2 D) -/(norm2 d) -/(dot D d); lra.
Qed.

(** Where the Jacobian reaches lambda/2: only between two classes of probability 1/2 each. *)
Lemma half_where_moved lambda z v : (0 < n)%N -> 2 * var lambda z v = norm2 v ->
  forall k, v k <> 0 -> softmax lambda z k = 1 / 2.
Proof.
move=> h tight k vk; pose f k := (1 - 2 * softmax lambda z k) ^ 2 * v k ^ 2.
have f0 l : 0 <= f l by apply: Rmult_le_pos; apply: pow2_ge_0.
have s0 : \sum_(k < n) f k = 0.
  apply: Rle_antisym; last by apply: sum_ge0.
  have e l : f l = v l ^ 2 - 4 * (softmax lambda z l * (1 - softmax lambda z l) * v l ^ 2) by rewrite /f; ring.
  by have := var_pairs_le lambda z v h; rewrite (sum_eq (fun l _ => e l)) sum_sub sum_scale -/(norm2 v); lra.
by have /Rmult_integral [/sqr_eq0|/sqr_eq0] := sum_eq0 f0 s0 k; lra.
Qed.

Lemma var_one_moved lambda z v k : (forall l, l != k -> v l = 0) ->
  var lambda z v = softmax lambda z k * (1 - softmax lambda z k) * v k ^ 2.
Proof.
move=> h; rewrite /var /mean (sum_split k) big1 => [|l /h ->]; last by ring.
by rewrite (sum_split k) big1 => [|l /h ->]; ring.
Qed.

(** Two classes of probability 1/2 leave nothing to a third. *)
Lemma two_halves lambda z k l m : l != k -> softmax lambda z k = 1 / 2 -> softmax lambda z l = 1 / 2 ->
  (m == k) || (m == l).
Proof.
move=> lk pk pl; case: (altP (m =P k)) => // mk; case: (altP (m =P l)) => // ml; exfalso.
have := p_sum1_at lambda z k; rewrite (sum_split k) (sum_pick _ (i := l)) // (sum_pick _ (i := m)) ?mk ?ml // pk pl.
have := p_gt0 lambda z m; have : 0 <= \sum_(x < n | (x != k) && (x != l) && (x != m)) softmax lambda z x.
  by apply: sum_ge0 => x _; apply: Rlt_le (p_gt0 _ _ _).
lra.
Qed.

Theorem var_half_two_classes lambda z v : (0 < n)%N -> 2 * var lambda z v = norm2 v -> (exists k, v k <> 0) -> n = 2%N.
Proof.
move=> h tight [k vk]; have half := half_where_moved h tight; have pk := half k vk.
have [l [lk vl]] : exists l, l != k /\ v l <> 0.
  case: (Classical_Prop.classic (exists l, l != k /\ v l <> 0)) => // none; exfalso.
  have z0 l : l != k -> v l = 0 by move=> lk; case: (Req_dec (v l) 0) => // vl; case: none; exists l.
  move: tight; rewrite (var_one_moved lambda z z0) /norm2 (sum_split k) big1 => [|l /z0 ->]; last by ring.
  by rewrite pk => t; apply: vk; apply: sqr_eq0; lra.
have : (#|'I_n| <= #|[set k; l]|)%N.
  by apply/subset_leq_card/subsetP => m _; rewrite !inE; apply: two_halves lk pk (half l vl).
rewrite card_ord cards2 eq_sym lk => le2; apply/eqP; rewrite eqn_leq le2 /=.
by apply/(softmax_lt1 lambda z k); rewrite pk; lra.
Qed.

End Lipschitz.

(** And there it is reached: at two equal logits, along (1, -1). *)
Theorem var_half_attained lambda : 2 * var lambda (fun _ : 'I_2 => 0) (fun k => 1 - 2 * INR k)
  = norm2 (fun k : 'I_2 => 1 - 2 * INR k).
Proof.
have p2 (i : 'I_2) : softmax lambda (fun _ => 0) i = 1 / 2.
  by rewrite /softmax /partition sum_const Rmult_0_r exp_0 /=; field.
by rewrite /var /mean /norm2 !sum_two !p2 /=; field.
Qed.

