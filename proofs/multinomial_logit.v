(** The multinomial logit: logits are log-odds to a base; independence of what is irrelevant; score and information.

    The statements are those of the chapter of that name; the mathematics is that of softmax.v and jacobian.v. *)

From Softmax Require Export logsumexp choice.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Logit.
Variable n : nat.
Implicit Types (lambda c : R) (z x q y v : 'I_n -> R) (b i j k l : 'I_n) (A : {set 'I_n}).

Theorem conditional_logit q b i : (forall k : 'I_n, q k > 0) ->
  ln (q i / (q b + q i)) - ln (q b / (q b + q i)) = ln (q i / q b).
Proof. by move=> q0; have := q0 i; have := q0 b => ? ?; rewrite !ln_div; lra. Qed.

Lemma logit_exp q x b : (forall k : 'I_n, x k = ln (q k / q b)) -> (forall k : 'I_n, q k > 0) ->
  \sum_(l < n) q l = 1 -> 1 + (\sum_(l < n | l != b) exp (x l)) = / q b /\ forall k, exp (x k) = q k * / q b.
Proof.
move=> ex q0 q1; have qb := q0 b; have e k : exp (x k) = q k * / q b.
  by rewrite ex exp_ln //; apply: Rdiv_lt_0_compat (q0 k) qb.
split=> //; rewrite (sum_eq (fun k _ => e k)) sum_scaler sum_except q1.
by field; lra.
Qed.

Theorem multinomial_logit_combined x q b i : (forall k : 'I_n, x k = ln (q k / q b)) ->
  (forall k : 'I_n, q k > 0) -> \sum_(l < n) q l = 1 ->
  q i = exp (x i) / (1 + (\sum_(l < n | l != b) exp (x l))).
Proof. by move=> ex q0 q1; have [-> ->] := logit_exp ex q0 q1; have := q0 b => ?; field; lra. Qed.

Theorem multinomial_logit_base x q b : (forall k : 'I_n, x k = ln (q k / q b)) ->
  (forall k : 'I_n, q k > 0) -> \sum_(l < n) q l = 1 -> q b = 1 / (1 + (\sum_(l < n | l != b) exp (x l))).
Proof. by move=> ex q0 q1; have [-> _] := logit_exp ex q0 q1; have := q0 b => ?; field; lra. Qed.

Theorem multinomial_logit_sum1 x b :
  1 / (1 + (\sum_(k < n | k != b) exp (x k)))
  + (\sum_(l < n | l != b) (exp (x l) / (1 + (\sum_(k < n | k != b) exp (x k))))) = 1.
Proof.
have s0 : 0 <= \sum_(k < n | k != b) exp (x k) by apply: sum_ge0 => k _; apply: Rlt_le (exp_pos _).
by rewrite /Rdiv sum_scaler; field; lra.
Qed.

Theorem iia_subset lambda z i A : 0 < lambda -> i \in A ->
  softmax lambda z i / (\sum_(k < n | k \in A) softmax lambda z k)
  = exp (lambda * z i) / (\sum_(k < n | k \in A) exp (lambda * z k)).
Proof. by move=> _; apply: softmax_conditional. Qed.

Theorem iia_new_class lambda z c i : 0 < lambda ->
  exp (lambda * z i) / (partition lambda z + exp c)
  = softmax lambda z i * (1 - exp c / (partition lambda z + exp c)).
Proof.
by move=> _; have := partition_gt0 lambda z i; have := exp_pos c => ? ?; rewrite /softmax; field; lra.
Qed.

Lemma partial_ln_p lambda z i j :
  partial (fun z => ln (softmax lambda z i)) z j = lambda * (delta i j - softmax lambda z j).
Proof. exact: is_partial_unique (is_partial_ln_p lambda z i j). Qed.

Theorem own_elasticity x c i :
  ex_partial (fun x => ln (softmax c x i)) x i /\
  x i * partial (fun x => ln (softmax c x i)) x i = c * x i * (1 - softmax c x i).
Proof. existing ex_ln_p. by rewrite partial_ln_p delta_refl; ring. Qed.

Theorem cross_elasticity x c i j : i != j ->
  ex_partial (fun x => ln (softmax c x i)) x j /\
  x j * partial (fun x => ln (softmax c x i)) x j = - c * softmax c x j * x j.
Proof. existing ex_ln_p. by move=> ij; rewrite partial_ln_p delta_ne //; ring. Qed.

Lemma is_partial_likelihood lambda z y j :
  is_partial (fun z => \sum_(k < n) (y k * ln (softmax lambda z k))) z j
    (lambda * (y j - softmax lambda z j * (\sum_(k < n) y k))).
Proof.
apply: is_derive_eq (is_derive_ext _ _ _ _ _ (is_derive_opp _ _ _ (is_partial_cross_entropy lambda z y j))) _.
  by move=> t; rewrite /opp /= Ropp_involutive.
by rewrite /opp /=; ring.
Qed.

Theorem likelihood_score lambda z y j : 0 < lambda ->
  is_partial (fun z => \sum_(k < n) (y k * ln (softmax lambda z k))) z j
    (lambda * (y j - softmax lambda z j * (\sum_(k < n) y k))).
Proof. by move=> _; apply: is_partial_likelihood. Qed.

Theorem score_mean0 lambda z j : 0 < lambda ->
  (forall k : 'I_n, ex_partial (fun z => ln (softmax lambda z k)) z j) /\
  \sum_(k < n) (softmax lambda z k * partial (fun z => ln (softmax lambda z k)) z j) = 0.
Proof. existing ex_ln_p.
move=> _; have e k : softmax lambda z k * partial (fun z => ln (softmax lambda z k)) z j
    = lambda * (softmax lambda z k * delta j k) - lambda * softmax lambda z j * softmax lambda z k.
  by rewrite partial_ln_p delta_sym; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_scale sum_deltar (p_sum1_at lambda z j); ring.
Qed.

Theorem fisher_information lambda z i j : 0 < lambda ->
  (forall k : 'I_n, ex_partial (fun z => ln (softmax lambda z k)) z i) /\
  (forall k : 'I_n, ex_partial (fun z => ln (softmax lambda z k)) z j) /\
  ex_partial (fun z => softmax lambda z i) z j /\
  \sum_(k < n) (softmax lambda z k * partial (fun z => ln (softmax lambda z k)) z i
    * partial (fun z => ln (softmax lambda z k)) z j) = lambda * partial (fun z => softmax lambda z i) z j.
Proof.
move=> l0; do 2 (split; first by move=> k; apply: ex_ln_p); split; first exact: ex_p.
have [_ s] := score_mean0 z j l0; pose p := softmax lambda z.
have e k : p k * partial (fun z => ln (softmax lambda z k)) z i * partial (fun z => ln (softmax lambda z k)) z j =
    lambda ^ 2 * (p k * (delta k j - p j) * delta i k)
    - lambda * p i * (p k * partial (fun z => ln (softmax lambda z k)) z j).
  by rewrite !partial_ln_p (delta_sym i) -/p; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_scale s sum_deltar partial_softmax /jac -/p; ring.
Qed.

Theorem observed_information lambda z i j l : 0 < lambda ->
  near z j (fun z => ex_partial (fun z => ln (softmax lambda z l)) z i) /\
  ex_partial (fun z => partial (fun z => ln (softmax lambda z l)) z i) z j /\
  - partial (fun z => partial (fun z => ln (softmax lambda z l)) z i) z j
  = lambda ^ 2 * softmax lambda z i * (delta i j - softmax lambda z j).
Proof.
move=> _; split; first by apply: filter_forall => t; apply: ex_ln_p.
have hd := is_derive_minus _ _ _ _ _ (is_derive_const (delta l i) (z j)) (is_partial_softmax lambda z i j).
have h : is_partial (fun z => partial (fun z => ln (softmax lambda z l)) z i) z j (- (lambda * jac lambda z i j)).
  apply: is_derive_eq (is_derive_ext _ _ _ _ _ (is_derive_scal _ _ lambda _ hd)) _ => [t|].
    by rewrite partial_ln_p.
  by rewrite /minus /plus /opp /zero /=; ring.
by split; [eexists; exact: h | rewrite (is_partial_unique h) /jac; ring].
Qed.

Theorem flat_direction lambda z y c : 0 < lambda -> (0 < n)%N ->
  (forall l : 'I_n, ex_partial (fun z => \sum_(k < n) (y k * ln (softmax lambda z k))) z l) /\
  \sum_(l < n) (c * partial (fun z => \sum_(k < n) (y k * ln (softmax lambda z k))) z l) = 0.
Proof.
move=> _ h; split; first by move=> l; eexists; apply: is_partial_likelihood.
have e l : c * partial (fun z => \sum_(k < n) (y k * ln (softmax lambda z k))) z l
    = c * lambda * y l - c * lambda * (\sum_(k < n) y k) * softmax lambda z l.
  by rewrite (is_partial_unique (is_partial_likelihood lambda z y l)); ring.
by rewrite (sum_eq (fun l _ => e l)) sum_sub !sum_scale p_sum1 //; ring.
Qed.

Lemma information_quad lambda z v : (0 < n)%N ->
  \sum_(l < n) (\sum_(k < n) (lambda ^ 2 * softmax lambda z l * v k * v l * (delta k l - softmax lambda z k)))
  = lambda ^ 2 * var lambda z v.
Proof.
move=> h; transitivity (lambda * (\sum_(i < n) (\sum_(j < n) (v i * jac lambda z i j * v j)))).
  rewrite -sum_scale; apply: sum_eq => l _; rewrite -sum_scale; apply: sum_eq => k _.
  by rewrite /jac (delta_sym k); ring.
by rewrite jac_quad //; ring.
Qed.

Theorem information_variance lambda z v : 0 < lambda -> (0 < n)%N ->
  \sum_(l < n) (\sum_(k < n) (lambda ^ 2 * softmax lambda z l * v k * v l * (delta k l - softmax lambda z k))) >= 0.
Proof. by move=> l0 h; rewrite information_quad //; have v0 := var_ge0 lambda z v h; nra. Qed.

(** The flat direction is the only one. *)
Theorem information_eq0_iff lambda z v : 0 < lambda -> (0 < n)%N ->
  \sum_(l < n) (\sum_(k < n) (lambda ^ 2 * softmax lambda z l * v k * v l * (delta k l - softmax lambda z k))) = 0
  <-> forall k l, v k = v l.
Proof.
move=> l0 h; rewrite information_quad //; split=> [e|vc].
  by apply: (var_eq0 (lambda := lambda) (z := z)) => //; have l2 := pow_lt _ 2 l0; nra.
by have := proj2 (jacobian_definite_up_to_constants z v l0 h) vc; rewrite jacobian_quad_var //; nra.
Qed.

End Logit.

Theorem red_bus_blue_bus (lambda : R) (z : 'I_2 -> R) (m : R) : 0 < lambda -> m > 0 ->
  m * exp (lambda * z (class 2 of 2)) / (m * exp (lambda * z (class 2 of 2)) + exp (lambda * z (class 1 of 2)))
  = exp (lambda * (z (class 2 of 2) + ln m / lambda))
    / (exp (lambda * (z (class 2 of 2) + ln m / lambda)) + exp (lambda * z (class 1 of 2))).
Proof.
move=> l0 m0; have -> : exp (lambda * (z (class 2 of 2) + ln m / lambda)) = m * exp (lambda * z (class 2 of 2)) => //.
by rewrite -{2}(exp_ln _ m0) -exp_plus; congr exp; field; lra.
Qed.

(** * What is needed *)

Theorem multinomial_logit_combined_needs : ~ forall (n : nat) (x q : 'I_n -> R) (b i : 'I_n),
  (forall k : 'I_n, 0 < q k / q b /\ q b <> 0 /\ x k = ln (q k / q b)) -> (forall k : 'I_n, q k > 0) ->
  q i = exp (x i) / (1 + (\sum_(l < n | l != b) exp (x l))).
Proof.
have e (k : 'I_1) : 0 < 2 / 2 /\ 2 <> 0 /\ 0 = ln (2 / 2) by rewrite (_ : 2 / 2 = 1) ?ln_1; [lra | field].
move=> /(_ 1%N (fun _ => 0) (fun _ => 2) ord0 ord0 e (fun _ => Rlt_0_2)).
by rewrite exp_0 big1 => [|k]; [lra | rewrite (ord1 k)].
Qed.

Theorem cross_elasticity_needs : ~ forall (n : nat) (x : 'I_n -> R) (c : R) (i j : 'I_n),
  ex_partial (fun x => ln (softmax c x i)) x j ->
  x j * partial (fun x => ln (softmax c x i)) x j = - c * softmax c x j * x j.
Proof.
move=> /(_ 1%N (fun _ => 1) 1 ord0 ord0 (ex_ln_p _ _ _ _)); rewrite partial_ln_p delta_refl.
have := p_sum1_at 1 (fun _ : 'I_1 => 1) ord0; rewrite sum_one => ->; lra.
Qed.
