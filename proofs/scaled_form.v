(** The general scaled form: softmax with a base class b of logit 0, its inverse, and logits that go to infinity.

    The thread's S(z, lambda) has n - 1 free logits; here it is softmax of n logits of which z b is 0. *)

From Softmax Require Export zero_temperature two_classes.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section ScaledForm.
Variable n : nat.
Implicit Types (lambda c t : R) (z y x q : 'I_n -> R) (b i j k : 'I_n) (A : {set 'I_n}).

Theorem scaled_form_softmax lambda z b i : 0 < lambda -> z b = 0 ->
  exp (lambda * z i) / (1 + (\sum_(k < n | k != b) exp (lambda * z k))) = softmax lambda z i.
Proof. by move=> _ h; rewrite (@softmax_base n lambda z i b). Qed.

Theorem scaled_form_base lambda z b i : 0 < lambda ->
  softmax lambda z i = exp (lambda * (z i - z b)) / (1 + (\sum_(k < n | k != b) exp (lambda * (z k - z b)))).
Proof. by move=> _; apply: softmax_base_any. Qed.

Theorem scaled_form_scale lambda z y c i : 0 < lambda -> (forall k : 'I_n, y k = c * z k) -> c <> 0 ->
  softmax (lambda / c) y i = softmax lambda z i.
Proof.
move=> _ h c0; have e k : lambda / c * y k = lambda * z k by rewrite h; field.
by rewrite /softmax /partition e (sum_eq (fun k _ => f_equal exp (e k))).
Qed.

Theorem scaled_form_inverse lambda z b i : 0 < lambda -> z b = 0 ->
  ln (softmax lambda z i / softmax lambda z b) / lambda = z i.
Proof. by move=> h zb; rewrite softmax_inverse ?zb; lra. Qed.

Theorem scaled_form_onto lambda q b i : 0 < lambda -> \sum_(l < n) q l = 1 -> (forall k : 'I_n, q k > 0) ->
  exp (lambda * ln (q i / q b) / lambda) / (\sum_(l < n) exp (lambda * ln (q l / q b) / lambda)) = q i.
Proof.
move=> h q1 q0; have qb := q0 b; have e k : exp (lambda * ln (q k / q b) / lambda) = q k * / q b.
  have -> : lambda * ln (q k / q b) / lambda = ln (q k / q b) by field; lra.
  by rewrite exp_ln //; apply: Rdiv_lt_0_compat (q0 k) qb.
by rewrite e (sum_eq (fun k _ => e k)) sum_scaler q1; field; lra.
Qed.

Theorem centred_inverse lambda z i : 0 < lambda ->
  ln (softmax lambda z i) - (\sum_(k < n) ln (softmax lambda z k)) / INR n
  = lambda * (z i - (\sum_(k < n) z k) / INR n).
Proof.
move=> _; have n0 := INR_gt0 (class_some i); rewrite (sum_eq (fun k _ => ln_p lambda z k)) sum_sub sum_scale.
by rewrite sum_const ln_p; field; lra.
Qed.

Theorem base_jacobian_inverse lambda z b i j : 0 < lambda -> i != b -> j != b ->
  (forall k : 'I_n, k != b -> ex_partial (fun z => softmax lambda z i) z k) /\
  \sum_(k < n | k != b) ((delta j k / softmax lambda z k + 1 / softmax lambda z b)
    * partial (fun z => softmax lambda z i) z k / lambda) = delta i j.
Proof. existing ex_p.
move=> l0 ib jb; pose p := softmax lambda z; have p0 k : p k <> 0 by apply: p_neq0.
have e k : (delta j k / softmax lambda z k + 1 / softmax lambda z b) * partial (fun z => softmax lambda z i) z k
    / lambda = / p b * p i * delta i k - / p b * p i * p k + delta j k * (p i * (delta i k - p k) / p k).
  by rewrite partial_softmax /jac -/p; field; repeat split; (apply: p0 || lra).
rewrite sum_except (sum_eq (fun k _ => e k)) sum_add sum_sub !sum_scale sum_delta.
have d1 : \sum_(k < n) delta i k = 1 by rewrite -[RHS](sum_delta i (fun _ => 1)); apply: sum_eq => k _; ring.
rewrite d1 (p_sum1_at lambda z i) e !(delta_ne ib) (delta_ne jb).
transitivity (delta i j * p i / p j); first by field; split.
by rewrite (delta_swap p); field.
Qed.

Lemma others_gt0 lambda z i j : j != i -> 0 < \sum_(k < n | k != i) exp (lambda * z k).
Proof.
move=> ji; apply: Rlt_le_trans (exp_pos (lambda * z j)) _.
by apply: (@sum_ge_term n (fun k => k != i) (fun k => exp (lambda * z k))) => // k _; apply: Rlt_le (exp_pos _).
Qed.

Theorem scaled_form_drop lambda z i j : 0 < lambda -> i != j ->
  softmax lambda z j = exp (lambda * z j) * (1 - softmax lambda z i) / (\sum_(k < n | k != i) exp (lambda * z k)).
Proof.
move=> _; rewrite eq_sym => /(others_gt0 lambda z) s0.
rewrite /softmax /partition (sum_split i); have e0 := exp_pos (lambda * z i).
by field; lra.
Qed.

Theorem scaled_form_drop_bound lambda z b i : 0 < lambda -> softmax lambda z i <= exp (lambda * (z i - z b)).
Proof.
move=> _; rewrite -p_odds -[X in X <= _]Rdiv_1.
apply: Rmult_le_compat_l; first exact: Rlt_le (p_gt0 lambda z i).
by apply: Rinv_le_contravar (p_le1 lambda z b); apply: p_gt0.
Qed.

Theorem scaled_form_corner_bound lambda z i : 0 < lambda ->
  1 - softmax lambda z i <= exp (- lambda * z i) * (\sum_(k < n | k != i) exp (lambda * z k)).
Proof.
move=> _; rewrite -p_others -sum_scale; apply: sum_le => k _.
have -> : exp (- lambda * z i) * exp (lambda * z k) = softmax lambda z k / softmax lambda z i.
  by rewrite p_odds -exp_plus; congr exp; ring.
have p0 := p_gt0 lambda z k; rewrite -[X in X <= _]Rdiv_1; apply: Rmult_le_compat_l; first lra.
by apply: Rinv_le_contravar (p_le1 lambda z i); apply: p_gt0.
Qed.

(** One logit goes to infinity, or to minus infinity, and the others stay: e^{-lambda t} and e^{lambda t} die out. *)

Lemma partition_upd lambda z i t :
  partition lambda (upd z i t) = exp (lambda * t) + \sum_(k < n | k != i) exp (lambda * z k).
Proof.
rewrite /partition (sum_split i) /upd eqxx; congr (_ + _).
by apply: sum_eq => k /negbTE ->.
Qed.

Lemma lim_exp_plus lambda : 0 < lambda ->
  filterlim (fun t => exp (- (lambda * t))) (Rbar_locally p_infty) (locally 0).
Proof.
move=> l0; have d0 : - lambda < 0 by lra.
by apply: lim_ext (lim_exp d0) => t; congr exp; ring.
Qed.

Lemma lim_exp_minus lambda : 0 < lambda ->
  filterlim (fun t => exp (lambda * t)) (Rbar_locally m_infty) (locally 0).
Proof.
move=> /lim_exp_plus h; apply: (filterlim_ext (fun t => exp (- (lambda * - t)))); last first.
  exact: filterlim_comp (filterlim_Rbar_opp m_infty) h.
by move=> t; congr exp; ring.
Qed.

Theorem softmax_limit_plus lambda z i : 0 < lambda ->
  filterlim (fun t => softmax lambda (upd z i t) i) (Rbar_locally p_infty) (locally 1).
Proof.
move=> /lim_exp_plus h; pose S := \sum_(k < n | k != i) exp (lambda * z k).
have h1 : filterlim (fun t => 1 + exp (- (lambda * t)) * S) (Rbar_locally p_infty) (locally 1).
  by apply: lim_eq (lim_add (lim_const 1) (lim_mul h (lim_const S))) _; ring.
apply: lim_ext (lim_eq (lim_inv R1_neq_R0 h1) Rinv_1) => t.
rewrite /softmax partition_upd -/S /upd eqxx exp_Ropp; have e0 := exp_pos (lambda * t).
have s0 : 0 <= S by apply: sum_ge0 => k _; apply: Rlt_le (exp_pos _).
by field; lra.
Qed.

Theorem softmax_limit_minus lambda z i j : 0 < lambda -> i != j ->
  filterlim (fun t => softmax lambda (upd z i t) j) (Rbar_locally m_infty)
    (locally (exp (lambda * z j) / (\sum_(k < n | k != i) exp (lambda * z k)))).
Proof.
move=> /lim_exp_minus h ij; have ji : j != i by rewrite eq_sym.
have s0 := others_gt0 lambda z ji; set S := \sum_(k < n | k != i) _ in s0 *.
have h1 : filterlim (fun t => exp (lambda * t) + S) (Rbar_locally m_infty) (locally S).
  by apply: lim_eq (lim_add h (lim_const S)) _; ring.
refine (lim_ext _ (lim_div (Rgt_not_eq _ _ s0) (lim_const (exp (lambda * z j))) h1)) => t.
by rewrite /softmax partition_upd /upd (negbTE ji).
Qed.

(** Along a ray lambda x + y the largest x wins, and y settles the ties. *)

Lemma ray_rest (y x : 'I_n -> R) i l :
  exp (l * x i + y i) / (\sum_(k < n) exp (l * x k + y k))
  = exp (y i) * rest l x i / (\sum_(k < n) (exp (y k) * rest l x k)).
Proof.
have e k : exp (l * x k + y k) = exp (l * vmax x) * (exp (y k) * rest l x k).
  by rewrite /rest -!exp_plus; congr exp; ring.
have s0 : 0 < \sum_(k < n) (exp (y k) * rest l x k).
  by apply: (sum_gt0 i) => k; apply: Rmult_lt_0_compat; apply: exp_pos.
rewrite e (sum_eq (fun k _ => e k)) sum_scale; field.
by split; [lra | apply: exp_neq0].
Qed.

Lemma lim_ray (y x : 'I_n -> R) i :
  filterlim (fun l => exp (l * x i + y i) / (\sum_(k < n) exp (l * x k + y k))) (Rbar_locally p_infty)
    (locally (exp (y i) * winner x i / (\sum_(k < n) (exp (y k) * winner x k)))).
Proof.
have w0 : \sum_(k < n) (exp (y k) * winner x k) <> 0.
  have [m e] := vmax_attained x (class_some i); apply: Rgt_not_eq; apply: (Rlt_le_trans _ _ _ (exp_pos (y m))).
  rewrite -[exp (y m)]Rmult_1_r -{1}(winner_max (esym e)).
  apply: (@sum_ge_term n xpredT (fun k => exp (y k) * winner x k)) => // k _.
  by apply: Rmult_le_pos (Rlt_le _ _ (exp_pos _)) _; rewrite /winner; case: eqRP; lra.
refine (lim_ext _ (lim_div w0 (lim_mul (lim_const (exp (y i))) (@lim_rest n x i))
  (lim_sum (P := xpredT) (fun k _ => lim_mul (lim_const (exp (y k))) (@lim_rest n x k))))) => l.
by rewrite ray_rest.
Qed.

Theorem scaled_form_ray_first y x i : (forall k : 'I_n, k != i -> x i > x k) ->
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(l < n) exp (lambda * x l + y l)))
    (Rbar_locally p_infty) (locally 1).
Proof.
move=> h; refine (lim_eq (@lim_ray y x i) _); have e := esym (vmax_unique h).
rewrite (sum_split i) big1 => [|k /h ki]; last by rewrite winner_below ?Rmult_0_r // -e.
by rewrite (winner_max e); field; apply: exp_neq0.
Qed.

Theorem scaled_form_ray y x i A : (forall k : 'I_n, (k \in A) = (x k =? vmax x)) -> i \in A ->
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(k < n) exp (lambda * x k + y k)))
    (Rbar_locally p_infty) (locally (exp (y i) / (\sum_(k < n | k \in A) exp (y k)))).
Proof.
move=> hA iA; refine (lim_eq (@lim_ray y x i) _); rewrite winner_max ?Rmult_1_r; last by apply/eqRP; rewrite -hA.
congr (_ / _); rewrite [RHS]sum_cond; apply: sum_eq => k _.
by rewrite hA /winner; case: eqRP => _; ring.
Qed.

Theorem scaled_form_ray_below y x i : x i < vmax x ->
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(k < n) exp (lambda * x k + y k)))
    (Rbar_locally p_infty) (locally 0).
Proof.
move=> h; refine (lim_eq (@lim_ray y x i) _).
by rewrite winner_below // /Rdiv Rmult_0_r Rmult_0_l.
Qed.

Theorem scaled_form_ray_tie y x i j : x i = x j ->
  filterlim (fun lambda => exp (lambda * x i + y i) / exp (lambda * x j + y j))
    (Rbar_locally p_infty) (locally (exp (y i - y j))).
Proof.
move=> e; refine (lim_ext _ (lim_const (exp (y i - y j)))) => l.
by rewrite /Rdiv -exp_Ropp -exp_plus e; congr exp; ring.
Qed.

End ScaledForm.

Theorem scaled_form_zero_times_infinity c :
  filterlim (fun lambda => exp (lambda * c / lambda) / (1 + exp (lambda * c / lambda)))
    (at_right 0) (locally (exp c / (1 + exp c))).
Proof.
apply: lim_ext_loc (lim_const _) _; exists (mkposreal 1 Rlt_0_1) => l _ l0.
by have -> : l * c / l = c by field; apply: Rgt_not_eq l0.
Qed.

(** * What is needed *)

Section Needs.

Let one (_ : 'I_1) : R := 1.

Lemma p_alone lambda (z : 'I_1 -> R) i : softmax lambda z i = 1.
Proof. by have := p_sum1_at lambda z i; rewrite sum_one (ord1 i). Qed.

Theorem scaled_form_softmax_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (b i : 'I_n), 0 < lambda ->
  exp (lambda * z i) / (1 + (\sum_(k < n | k != b) exp (lambda * z k))) = softmax lambda z i.
Proof.
move=> /(_ 1%N 1 one ord0 ord0 Rlt_0_1); rewrite p_alone /one Rmult_1_r big1 => [|k]; last by rewrite (ord1 k).
by have := exp_ineq1 1; lra.
Qed.

Theorem scaled_form_inverse_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (b i : 'I_n), 0 < lambda ->
  ln (softmax lambda z i / softmax lambda z b) / lambda = z i.
Proof.
move=> /(_ 1%N 1 one ord0 ord0 Rlt_0_1); rewrite p_odds ln_exp /one; lra.
Qed.

Theorem scaled_form_onto_needs : ~ forall (n : nat) (lambda : R) (q : 'I_n -> R) (b i : 'I_n), 0 < lambda ->
  (forall k : 'I_n, q k > 0) ->
  (forall l : 'I_n, 0 < q l / q b) ->
  (forall l : 'I_n, q b <> 0) ->
  0 < q i / q b ->
  q b <> 0 ->
  exp (lambda * ln (q i / q b) / lambda) / (\sum_(l < n) exp (lambda * ln (q l / q b) / lambda)) = q i.
Proof.
have a : 0 < 2 / 2 by [lra]; have b : 2 <> 0 by lra.
move=> /(_ 1%N 1 (fun _ => 2) ord0 ord0 Rlt_0_1 (fun _ => Rlt_0_2) (fun _ => a) (fun _ => b) a b).
rewrite sum_one; set E := exp _; have E0 : E <> 0 by apply: exp_neq0.
by have -> : E / E = 1 by [field]; lra.
Qed.

Theorem base_jacobian_inverse_needs : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (b i j : 'I_n),
  0 < lambda -> i != b ->
  (forall k : 'I_n, k != b -> ex_partial (fun z => softmax lambda z i) z k) ->
  \sum_(k < n | k != b) ((delta j k / softmax lambda z k + 1 / softmax lambda z b)
    * partial (fun z => softmax lambda z i) z k / lambda) = delta i j.
Proof.
move=> /(_ 2%N 1 (fun _ => 0) (class 1 of 2) (class 2 of 2) (class 1 of 2) Rlt_0_1 isT (fun _ _ => ex_p _ _ _ _)).
have p2 (i : 'I_2) : softmax 1 (fun _ => 0) i = 1 / 2 by rewrite /softmax /partition sum_const Rmult_0_r exp_0 /=; field.
rewrite sum_except sum_two !partial_softmax /jac !p2 /delta /=; lra.
Qed.

Theorem scaled_form_ray_first_needs : ~ forall (n : nat) (y x : 'I_n -> R) (i : 'I_n), x i = vmax x ->
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(k < n) exp (lambda * x k + y k)))
    (Rbar_locally p_infty) (locally 1).
Proof.
move=> /(_ 2%N flat flat ord0 (flat_max _)) h; have e := winner_max (flat_max _).
suff: exp 0 * 1 / (exp 0 * 1 + exp 0 * 1) = 1 by rewrite exp_0; lra.
by rewrite -{1}(e ord0) -{1}(e (class 1 of 2)) -{1}(e (class 2 of 2)); refine (lim_unique _ h); have := @lim_ray 2 flat flat ord0; rewrite sum_two.
Qed.

Theorem scaled_form_ray_needs : ~ forall (n : nat) (y x : 'I_n -> R) (i : 'I_n) (A : {set 'I_n}),
  (forall k : 'I_n, (k \in A) = (x k =? vmax x)) ->
  (\sum_(k < n | k \in A) exp (y k)) <> 0 ->
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(k < n) exp (lambda * x k + y k)))
    (Rbar_locally p_infty) (locally (exp (y i) / (\sum_(k < n | k \in A) exp (y k)))).
Proof.
pose A := [set k | ladder k =? vmax ladder]; have hA k : (k \in A) = (ladder k =? vmax ladder) by rewrite inE.
move=> /(_ 2%N flat ladder (class 1 of 2) A hA) h.
have below : ladder (class 1 of 2) < vmax ladder by rewrite ladder_max /ladder /=; lra.
have A2 : class 2 of 2 \in A by [rewrite hA; apply/eqRP; rewrite ladder_max]; pose f k := exp (flat k).
have s0 := Rlt_le_trans _ _ _ (exp_pos _) (@sum_ge_term 2 (fun k => k \in A) f _ (fun k _ => Rlt_le _ _ (exp_pos _)) A2).
have e : 0 = exp (flat (class 1 of 2)) / (\sum_(k < 2 | k \in A) exp (flat k)).
  by refine (lim_unique (scaled_form_ray_below flat below) (h (Rgt_not_eq _ _ s0))).
by have := Rdiv_lt_0_compat _ _ (exp_pos (flat (class 1 of 2))) s0; rewrite -e; lra.
Qed.

Theorem scaled_form_ray_below_needs : ~ forall (n : nat) (y x : 'I_n -> R) (i : 'I_n),
  filterlim (fun lambda => exp (lambda * x i + y i) / (\sum_(k < n) exp (lambda * x k + y k)))
    (Rbar_locally p_infty) (locally 0).
Proof.
move=> /(_ 1%N alone alone ord0) h; have h1 := @scaled_form_ray_first 1 alone alone ord0 alone_unique.
have e : 1 = 0 by refine (lim_unique h1 h).
lra.
Qed.

Theorem scaled_form_ray_tie_needs : ~ forall (n : nat) (lambda : R) (y x : 'I_n -> R) (i j : 'I_n), 0 < lambda ->
  exp (lambda * x i + y i) / exp (lambda * x j + y j) = exp (y i - y j).
Proof.
move=> /(_ 2%N 1 flat ladder (class 2 of 2) (class 1 of 2) Rlt_0_1).
rewrite /Rdiv -exp_Ropp -exp_plus => /exp_inv; rewrite /flat /ladder /=; lra.
Qed.

End Needs.
