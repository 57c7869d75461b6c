(** Certificates: equalities about softmax, proved by one tactic, [certify].

      moment f       sum_k f_k, where f is a product of factors that all depend on k
      iverson b      1 if b, else 0: a sum over some of the classes is one over all of them with such a factor

    How [certify] goes about it:
      prepare        hypotheses are put to use, names unfolded, and what has to be a derivative is derived by rules
      normal         every sum becomes a linear combination of moments: below the sum the summand is made a polynomial,
                     what does not depend on k is pulled out, and delta_kj picks a term; exponentials and logarithms
                     of sums and products are split
      close          the indices that are compared are taken equal and then different; what is left is an equality of
                     rational functions, up to the order of factors, and [field] decides it

    None of this is trusted: Coq checks the proofs that it finds. *)

From Softmax Require Export jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition iverson (b : bool) : R := if b then 1 else 0.

Section Moments.
Variable n : nat.
Implicit Types (f g h m : 'I_n -> R) (P : pred 'I_n) (a b c v w : R) (A : {set 'I_n}) (i j k : 'I_n).

Definition moment f := \sum_(k < n) f k.

Lemma ind_out (b : bool) : iverson (~~ b) = 1 - iverson b.
Proof. by case: b; rewrite /iverson /=; ring. Qed.

Lemma ind_and (a b : bool) : iverson (a && b) = iverson a * iverson b.
Proof. by case: a; case: b; rewrite /iverson /=; ring. Qed.

Lemma ind_true (b : bool) : b -> iverson b = 1.
Proof. by move=> ->. Qed.

Lemma ind_false (b : bool) : ~~ b -> iverson b = 0.
Proof. by move=> /negbTE ->. Qed.

Lemma ind_eq i j : iverson (i == j) = delta i j.
Proof. by []. Qed.

Lemma count_ind (P : 'I_n -> bool) : count P = \sum_(k < n) iverson (P k).
Proof. by []. Qed.

Lemma ind_affine (F : R -> R) (b : bool) : F (iverson b) = F 0 + iverson b * (F 1 - F 0).
Proof. by case: b; rewrite /iverson; ring. Qed.

Lemma delta_affine (F : R -> R) i j : F (delta i j) = F 0 + delta i j * (F 1 - F 0).
Proof. exact: ind_affine. Qed.

(** A sum becomes a moment, a moment a sum of moments. *)

Lemma sum_all f g w : (forall k, f k = g k) -> moment g = w -> \sum_(k < n) f k = w.
Proof. by move=> h <-; apply: sum_eq. Qed.

Lemma sum_some P f g w : (forall k, iverson (P k) * f k = g k) -> moment g = w -> \sum_(k < n | P k) f k = w.
Proof. by move=> h <-; rewrite sum_cond; apply: sum_eq => k _; rewrite -h /iverson; case: (P k); ring. Qed.

Lemma moment_add f g v w : moment f = v -> moment g = w -> moment (fun k => f k + g k) = v + w.
Proof. by move=> <- <-; apply: sum_add. Qed.

Lemma moment_sub f g v w : moment f = v -> moment g = w -> moment (fun k => f k - g k) = v - w.
Proof. by move=> <- <-; apply: sum_sub. Qed.

Lemma moment_opp f v : moment f = v -> moment (fun k => - f k) = - v.
Proof. by move=> <-; apply: sum_opp. Qed.

Lemma moment_const c : moment (fun _ => c) = INR n * c.
Proof. exact: sum_const. Qed.

(** m is c times f. *)
Definition splits m c f := forall k, m k = c * f k.

Lemma moment_splits m c f : splits m c f -> moment m = c * moment f.
Proof. by move=> h; rewrite /moment -sum_scale; apply: sum_eq => k _; apply: h. Qed.

Lemma splits_left a f c g : splits f c g -> splits (fun k => a * f k) (a * c) g.
Proof. by move=> h k; rewrite h; ring. Qed.

Lemma splits_right a f c g : splits f c g -> splits (fun k => f k * a) (c * a) g.
Proof. by move=> h k; rewrite h; ring. Qed.

Lemma splits_both f g a b f' g' : splits f a f' -> splits g b g' ->
  splits (fun k => f k * g k) (a * b) (fun k => f' k * g' k).
Proof. by move=> hf hg k; rewrite hf hg; ring. Qed.

Lemma splits_opp f c g : splits f c g -> splits (fun k => - f k) (- c) g.
Proof. by move=> h k; rewrite h; ring. Qed.

Lemma splits_atom f : splits f 1 f.
Proof. by move=> k; ring. Qed.

(** m is f where k = j, and 0 elsewhere. *)
Definition picks m j f := forall k, m k = delta k j * f k.

Lemma moment_picks m j f : picks m j f -> moment m = f j.
Proof. by move=> h; rewrite -(sum_delta j); apply: sum_eq => k _; rewrite h delta_sym. Qed.

Lemma picks_here j : picks (fun k => delta k j) j (fun _ => 1).
Proof. by move=> k; ring. Qed.

Lemma picks_there j : picks (fun k => delta j k) j (fun _ => 1).
Proof. by move=> k; rewrite delta_sym; ring. Qed.

Lemma picks_left f g j h : picks f j h -> picks (fun k => f k * g k) j (fun k => h k * g k).
Proof. by move=> e k; rewrite e; ring. Qed.

Lemma picks_right f g j h : picks g j h -> picks (fun k => f k * g k) j (fun k => f k * h k).
Proof. by move=> e k; rewrite e; ring. Qed.

Lemma picks_opp f j h : picks f j h -> picks (fun k => - f k) j (fun k => - h k).
Proof. by move=> e k; rewrite e; ring. Qed.

Lemma moment_eq f g : (forall k, f k = g k) -> moment f = moment g.
Proof. by move=> h; apply: sum_eq. Qed.

Lemma moment_gt0 f : (0 < n)%N -> (forall k, 0 < f k) -> 0 < moment f.
Proof. by move=> h; apply: sum_gt0 (class0 h) _. Qed.

Lemma moment_ge f i : (forall k, 0 < f k) -> f i <= moment f.
Proof. by move=> h; apply: (@sum_ge_term n xpredT) => // k _; apply: Rlt_le. Qed.

Lemma sum_all_gt0 f : (0 < n)%N -> (forall k, 0 < f k) -> 0 < \sum_(k < n) f k.
Proof. exact: moment_gt0. Qed.

Lemma sum_some_gt0 P f i : P i -> (forall k, 0 < f k) -> 0 < \sum_(k < n | P k) f k.
Proof. by move=> h f0; apply: Rlt_le_trans (f0 i) _; apply: (@sum_ge_term n P) => // k _; apply: Rlt_le. Qed.

Lemma moment_ind_gt0 (b : 'I_n -> bool) f i : b i -> (forall k, 0 < f k) -> 0 < moment (fun k => iverson (b k) * f k).
Proof.
move=> h f0; have := sum_some_gt0 h f0; rewrite sum_cond; congr (_ < _); apply: sum_eq => k _.
by rewrite /iverson; case: (b k); ring.
Qed.

Lemma upd_same z j : upd z j (z j) = z.
Proof. by apply: FunctionalExtensionality.functional_extensionality => k; apply: upd_id. Qed.

End Moments.

Lemma class_one (i : 'I_1) : i = class 1 of 1.
Proof. by apply: ord_inj; rewrite (ord1 i). Qed.

Lemma moment_one (f : 'I_1 -> R) : moment f = f (class 1 of 1).
Proof. by rewrite /moment sum_one; congr f; apply: class_one. Qed.

Lemma moment_two (f : 'I_2 -> R) : moment f = f (class 1 of 2) + f (class 2 of 2).
Proof. exact: sum_two. Qed.

Lemma moment_three (f : 'I_3 -> R) : moment f = f (class 1 of 3) + f (class 2 of 3) + f (class 3 of 3).
Proof.
rewrite /moment (sum_split (class 1 of 3)) (sum_pick (i := class 2 of 3)) // (sum_pick (i := class 3 of 3)) //=.
by rewrite big_pred0; [ring | case=> [[|[|[|m]]] h]].
Qed.

(** * Largest entries, counted classes, products *)

Section Extremes.
Variable n : nat.
Implicit Types (f g z : 'I_n -> R) (c x y : R) (i k l : 'I_n).

Lemma ind_le x y : x <= y -> iverson (x <=? y) = 1.
Proof. by rewrite /iverson => h; case: Rle_dec. Qed.

Lemma ind_same x : iverson (x =? x) = 1.
Proof. by rewrite /iverson; case: eqRP. Qed.

Lemma ind_lt x y : iverson (x <? y) = 1 - iverson (y <=? x).
Proof. by rewrite /iverson; case: Rlt_dec => a; case: Rle_dec => b /=; lra. Qed.

Lemma ind_eqR (F : R -> R -> R) x y : F x (iverson (x =? y)) = F x 0 + iverson (x =? y) * (F y 1 - F y 0).
Proof. by rewrite /iverson; case: eqRP => [->|_] /=; ring. Qed.

(** Where g is largest, so is f. *)
Lemma vmax_both f g : (0 < n)%N -> (forall k l, g k <= g l -> f k <= f l) -> exists k, vmax f = f k /\ vmax g = g k.
Proof.
move=> h m; have [k e] := vmax_attained g h; exists k; split=> //.
by apply: vmax_eq => l; apply: m; rewrite -e; apply: vmax_ge.
Qed.

Lemma vmax_const c : (0 < n)%N -> vmax (fun _ : 'I_n => c) = c.
Proof. by move=> /(vmax_attained (fun _ => c)) []. Qed.

Lemma p_mono lambda z k l : 0 < lambda -> z k <= z l -> softmax lambda z k <= softmax lambda z l.
Proof.
move=> l0 h; apply: Rmult_le_compat_r; first exact: Rlt_le (Rinv_0_lt_compat _ (partition_gt0 _ _ k)).
by have : lambda * z k <= lambda * z l by [nra]; move=> [/exp_increasing|->]; lra.
Qed.

Lemma prod_sum (P : pred 'I_n) f : (forall k, 0 < f k) ->
  \prod_(k < n | P k) f k = exp (\sum_(k < n | P k) ln (f k)).
Proof.
move=> h; apply: (big_rec2 (fun p s => p = exp s)) => [|k p s _ ->]; first by rewrite exp_0.
by rewrite exp_plus exp_ln.
Qed.

Lemma prod_split i f : \prod_(k < n) f k = f i * \prod_(k < n | k != i) f k.
Proof. exact: bigD1. Qed.

Lemma prod_mul f g : \prod_(k < n) (f k * g k) = (\prod_(k < n) f k) * (\prod_(k < n) g k).
Proof. exact: big_split. Qed.

Lemma prod_const c : \prod_(k < n) c = c ^ n.
Proof. by rewrite big_const card_ord; elim: n => //= m ->. Qed.

End Extremes.

Lemma vmax_two (z : 'I_2 -> R) : vmax z = Rmax (z (class 1 of 2)) (z (class 2 of 2)).
Proof.
have h := vmax_ge z; have h1 := h (class 1 of 2); have h2 := h (class 2 of 2).
have [k e] := vmax_attained z isT; have [] : k = class 1 of 2 \/ k = class 2 of 2; last first.
- by move=> ek; rewrite ek in e; rewrite /Rmax; case: Rle_dec; lra.
- by move=> ek; rewrite ek in e; rewrite /Rmax; case: Rle_dec; lra.
by case: k {e} => [[|[|m]] p] //; [left | right]; apply: ord_inj.
Qed.

Lemma prod_two (f : 'I_2 -> R) : \prod_(k < 2) f k = f (class 1 of 2) * f (class 2 of 2).
Proof. by rewrite (prod_split (class 1 of 2)) (bigD1 (class 2 of 2)) //= big_pred0; [ring | case=> [[|[|m]] h]]. Qed.

(** * Derivatives, by rules *)

Section Rules.
Variables (x : R).
Implicit Types (f g : R -> R) (a b : R).

Lemma d_const c : is_derive (fun _ : R => c) x 0.
Proof. exact: is_derive_const. Qed.

Lemma d_id : is_derive (fun t : R => t) x 1.
Proof. exact: is_derive_id. Qed.

Lemma d_add f g a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t + g t) x (a + b).
Proof. exact: is_derive_plus. Qed.

Lemma d_sub f g a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t - g t) x (a - b).
Proof. exact: is_derive_minus. Qed.

Lemma d_opp f a : is_derive f x a -> is_derive (fun t => - f t) x (- a).
Proof. exact: is_derive_opp. Qed.

Lemma d_scale c f a : is_derive f x a -> is_derive (fun t => c * f t) x (c * a).
Proof. exact: is_derive_scal. Qed.

Lemma d_mul f g a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t * g t) x (a * g x + f x * b).
Proof. by move=> hf hg; apply: is_derive_mult hf hg Rmult_comm. Qed.

Lemma d_inv f a : f x <> 0 -> is_derive f x a -> is_derive (fun t => / f t) x (- a / f x ^ 2).
Proof. by move=> h hf; apply: is_derive_inv. Qed.

Lemma d_div f g a b : g x <> 0 -> is_derive f x a -> is_derive g x b ->
  is_derive (fun t => f t / g t) x ((a * g x - f x * b) / g x ^ 2).
Proof. by move=> h hf hg; apply: is_derive_div. Qed.

Lemma d_pow f (m : nat) a : is_derive f x a ->
  is_derive (fun t => f t ^ m.+1) x (IZR (Z.of_nat m.+1) * f x ^ m * a).
Proof. by move=> h; rewrite -INR_IZR_INZ; apply: is_derive_eq (is_derive_pow f m.+1 x a h) _; rewrite /=; ring. Qed.

Lemma d_exp f a : is_derive f x a -> is_derive (fun t => exp (f t)) x (exp (f x) * a).
Proof. exact: is_derive_expc. Qed.

Lemma d_ln f a : 0 < f x -> is_derive f x a -> is_derive (fun t => ln (f t)) x (a / f x).
Proof. exact: is_derive_lnc. Qed.

Lemma d_sqrt f a : 0 < f x -> is_derive f x a -> is_derive (fun t => sqrt (f t)) x (a / (2 * sqrt (f x))).
Proof. by move=> h hf; apply: is_derive_sqrt hf h. Qed.

Lemma d_abs f a : f x <> 0 -> is_derive f x a -> is_derive (fun t => Rabs (f t)) x (f x / Rabs (f x) * a).
Proof.
move=> h hf; have d : is_derive Rabs (f x) (f x / Rabs (f x)); last first.
  by apply: is_derive_eq (is_derive_comp Rabs f x _ _ d hf) _; apply: Rmult_comm.
apply/is_derive_Reals; case: (Rdichotomy _ _ h) => s.
  by have -> : f x / Rabs (f x) = -1; [rewrite Rabs_left //; field | apply: Rabs_derive_2].
by have -> : f x / Rabs (f x) = 1; [rewrite Rabs_right; [field | lra] | apply: Rabs_derive_1].
Qed.

Variable n : nat.

Lemma d_sum (P : pred 'I_n) (f : R -> 'I_n -> R) (d : 'I_n -> R) :
  (forall k, is_derive (fun t => f t k) x (d k)) ->
  is_derive (fun t => \sum_(k < n | P k) f t k) x (\sum_(k < n | P k) d k).
Proof. by move=> h; apply: is_derive_bigsum => k _. Qed.

Lemma d_upd (z : 'I_n -> R) j k : is_derive (fun t => upd z j t k) x (delta k j).
Proof. exact: is_derive_upd. Qed.

Lemma d_softmax (l : R -> R) (z : R -> 'I_n -> R) a (b : 'I_n -> R) i :
  is_derive l x a -> (forall k, is_derive (fun t => z t k) x (b k)) ->
  is_derive (fun t => softmax (l t) (z t) i) x
    (softmax (l x) (z x) i
     * (a * z x i + l x * b i - (\sum_(k < n) (softmax (l x) (z x) k * (a * z x k + l x * b k))))).
Proof. exact: softmax_curve. Qed.

Lemma d_prod_upd (z : 'I_n -> R) j : is_derive (fun t => \prod_(k < n) upd z j t k) x (\prod_(k < n | k != j) z k).
Proof.
have e t : t * (\prod_(k < n | k != j) z k) = \prod_(k < n) upd z j t k.
  rewrite [RHS](bigD1 j) //; congr (_ * _); first by rewrite /upd eqxx.
  by apply: eq_bigr => k /negbTE h; rewrite /upd h.
by apply: is_derive_ext e _; apply: is_derive_eq (d_mul d_id (d_const _)) _; ring.
Qed.

(** A derivative within another one: it has to be known around the point, not only there. *)
Lemma d_Derive (F : R -> R -> R) (at_ G : R -> R) d :
  (forall t, is_derive (F t) (at_ t) (G t)) -> is_derive G x d -> is_derive (fun t => Derive (F t) (at_ t)) x d.
Proof. by move=> h; apply: is_derive_ext => t; apply/esym/is_derive_unique. Qed.

Lemma d_partial (F : R -> ('I_n -> R) -> R) (z : R -> 'I_n -> R) j (G : R -> R) d :
  (forall t, is_derive (fun s => F t (upd (z t) j s)) (z t j) (G t)) -> is_derive G x d ->
  is_derive (fun t => partial (F t) (z t) j) x d.
Proof. exact: d_Derive. Qed.

End Rules.

(** * Exponentials and logarithms *)

Section Splitting.
Implicit Types (x y : R).

Lemma exp_sub x y : exp (x - y) = exp x * / exp y.
Proof. by rewrite /Rminus exp_plus exp_Ropp. Qed.

Lemma exp_INR (m : nat) x : exp (INR m * x) = exp x ^ m.
Proof.
elim: m => [|m e]; first by rewrite Rmult_0_l exp_0.
by rewrite S_INR Rmult_plus_distr_r exp_plus e Rmult_1_l /= Rmult_comm.
Qed.

Lemma exp_times (m : positive) x : exp (IZR (Zpos m) * x) = exp x ^ Pos.to_nat m.
Proof. by rewrite -positive_nat_Z -INR_IZR_INZ exp_INR. Qed.

Lemma exp_numeral (m : positive) : exp (IZR (Zpos m)) = exp 1 ^ Pos.to_nat m.
Proof. by rewrite -exp_times Rmult_1_r. Qed.

Lemma pow_swap x (a b : nat) : (x ^ a) ^ b = (x ^ b) ^ a.
Proof. by rewrite -!pow_mult Nat.mul_comm. Qed.

Lemma abs_scale a x y : 0 < a -> x = a * y -> Rabs x = a * Rabs y.
Proof. by move=> h ->; rewrite Rabs_mult (Rabs_pos_eq a) //; apply: Rlt_le. Qed.

Lemma abs_known a b x : a >= b -> a - b = x -> Rabs x = x.
Proof. by move=> h <-; apply: Rabs_pos_eq; lra. Qed.

Lemma sqrt_square x : sqrt (x ^ 2) = Rabs x.
Proof. by rewrite -pow2_abs sqrt_pow2 //; apply: Rabs_pos. Qed.

Lemma ln_square x : x <> 0 -> ln (x ^ 2) = 2 * ln (Rabs x).
Proof. by move=> /Rabs_pos_lt h; rewrite -pow2_abs /= Rmult_1_r ln_mult //; ring. Qed.

Lemma neq0_abs x : Rabs x <> 0 -> x <> 0.
Proof. by move=> h e; apply: h; rewrite e Rabs_R0. Qed.

Lemma ln_quotient x y : 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof. exact: ln_div. Qed.

Lemma times_ln_quotient x y : 0 <= x -> 0 < y -> x * ln (x / y) = x * ln x - x * ln y.
Proof. by move=> [h|<-] h'; [rewrite ln_div //; ring | ring]. Qed.

Lemma ln_inverse x : 0 < x -> ln (/ x) = - ln x.
Proof. exact: ln_Rinv. Qed.

Lemma ln_power x (m : nat) : 0 < x -> ln (x ^ m) = IZR (Z.of_nat m) * ln x.
Proof.
move=> h; rewrite -INR_IZR_INZ; elim: m => [|m e]; first by rewrite /= ln_1; ring.
by rewrite S_INR /= ln_mult // ?e; [ring | apply: pow_lt].
Qed.

Lemma ln_power_INR x (m : nat) : 0 < x -> ln (x ^ m) = INR m * ln x.
Proof. by move=> /(ln_power m) ->; rewrite INR_IZR_INZ. Qed.

End Splitting.

(** * Positive, and not 0 *)

Lemma gt0_neq0 x : 0 < x -> x <> 0.
Proof. exact: Rgt_not_eq. Qed.

Ltac class_exists := first
  [ assumption
  | match goal with i : 'I_?n |- is_true (0 < ?n)%N => exact: (class_some i) end
  | match goal with h : is_true (_ <= ?n)%N |- is_true (0 < ?n)%N => exact: leq_trans h end
  | exact: isT ].

(** What else is tried, last of all: a later chapter knows more about signs. *)
Ltac positive_more := fail.
Ltac nonzero_more := fail.

Ltac positive :=
  cbv beta;
  lazymatch goal with
  | |- 0 < exp _ => apply exp_pos
  | |- 0 < softmax _ _ _ => apply p_gt0
  | |- 0 < INR _ => apply INR_gt0; class_exists
  | |- 0 < moment (fun k => iverson _ * _) => eapply moment_ind_gt0; [eassumption | intro; positive]
  | |- 0 < moment _ => apply moment_gt0; [class_exists | intro; positive]
  | |- 0 < @bigop _ _ _ _ _ => first [apply sum_all_gt0; [class_exists | intro; positive]
      | eapply sum_some_gt0; [cbv beta; eassumption | intro; positive]]
  | |- 0 < sqrt _ => first [assumption | apply sqrt_lt_R0; positive]
  | |- 0 < / _ => apply Rinv_0_lt_compat; positive
  | |- 0 < ?x * ?y => first [assumption | apply Rmult_lt_0_compat; positive]
  | |- 0 < ?x / ?y => first [assumption | apply Rdiv_lt_0_compat; positive]
  | |- 0 < ?x ^ _ => apply pow_lt; positive
  | |- 0 < ?x + ?y => first [apply Rplus_lt_0_compat; positive | lra | positive_more]
  | |- 0 < ?x => first [assumption | lra | match goal with h : forall k, _ |- _ => exact (h _) end | positive_more]
  end.

Ltac not_negative := first
  [ apply: Rlt_le; solve [positive]
  | assumption
  | match goal with h : forall k, _ |- _ => apply: Rge_le; exact (h _) end ].

Ltac learn fact proof := lazymatch goal with _ : fact |- _ => fail | _ => have : fact by proof end; intro.

(** A sum of positive numbers is positive, and at least each of them. *)
Ltac above_terms :=
  repeat match goal with
  | |- context [moment ?f] => learn (0 < moment f) ltac:(positive)
  | i : 'I_?n |- context [@moment ?n ?f] =>
      let t := eval cbv beta in (f i) in learn (t <= moment f) ltac:(apply: moment_ge; intro; positive)
  end.

Ltac nonzero :=
  cbv beta; repeat (match goal with |- _ /\ _ => split end);
  first [assumption | match goal with h : forall k, _ |- _ => solve [exact (h _) | apply: h; eassumption] end
       | apply gt0_neq0; solve [positive] | apply Rinv_neq_0_compat; nonzero
       | apply Rmult_integral_contrapositive; split; nonzero | lra
       | apply gt0_neq0; above_terms;
         repeat match goal with |- context [exp ?x] => generalize (exp_pos x); generalize (exp x) end;
         intros; first [lra | lazymatch goal with |- context [moment] => fail | _ => nra end]
       | nonzero_more ].

(** * Derivatives *)

(** A derivative is taken at the point itself. *)
Ltac at_point := cbv beta; rewrite ?upd_same.

(** By the rule for the outermost operation; [derived] finds the derivative, too. *)
Ltac derive :=
  cbv beta;
  lazymatch goal with
  | |- is_derive (fun _ => ?c) _ _ => exact (d_const _ c)
  | |- is_derive (fun t => t) _ _ => apply d_id
  | |- is_derive (fun t => @?f t + @?g t) _ _ => eapply (@d_add _ f g); [derive | derive]
  | |- is_derive (fun t => @?f t - @?g t) _ _ => eapply (@d_sub _ f g); [derive | derive]
  | |- is_derive (fun t => - @?f t) _ _ => eapply (@d_opp _ f); derive
  | |- is_derive (fun t => @?f t * @?g t) _ _ =>
      lazymatch f with
      | fun _ => ?c => eapply (@d_scale _ c g); derive
      | _ => eapply (@d_mul _ f g); [derive | derive]
      end
  | |- is_derive (fun t => @?f t / @?g t) _ _ => eapply (@d_div _ f g); [at_point; nonzero | derive | derive]
  | |- is_derive (fun t => / @?f t) _ _ => eapply (@d_inv _ f); [at_point; nonzero | derive]
  | |- is_derive (fun t => @?f t ^ ?m) _ _ => let m' := eval cbv in (Nat.pred m) in eapply (@d_pow _ f m'); derive
  | |- is_derive (fun t => exp (@?f t)) _ _ => eapply (@d_exp _ f); derive
  | |- is_derive (fun t => ln (@?f t)) _ _ => eapply (@d_ln _ f); [at_point; positive | derive]
  | |- is_derive (fun t => sqrt (@?f t)) _ _ => eapply (@d_sqrt _ f); [at_point; positive | derive]
  | |- is_derive (fun t => Rabs (@?f t)) _ _ => eapply (@d_abs _ f); [at_point; nonzero | derive]
  | |- is_derive (fun t => \sum_(k < _ | _) _) _ _ => eapply d_sum; intro; derive
  | |- is_derive (fun t => \prod_(k < _) upd ?z ?j t k) _ _ => exact (d_prod_upd _ z j)
  | |- is_derive (fun t => softmax (@?l t) (@?z t) ?i) _ _ => eapply (@d_softmax _ _ l z); [derive | intro; derive]
  | |- is_derive (fun t => upd ?z ?j t ?k) _ _ => exact (d_upd _ z j k)
  | |- is_derive (fun t => Derive (@?F t) (@?at_ t)) _ _ => eapply (@d_Derive _ F at_); [intro; derived | derive]
  | |- is_derive (fun t => partial (@?F t) (@?z t) ?j) _ _ => eapply (@d_partial _ _ F z j); [intro; derived | derive]
  | |- is_derive ?f ?x ?d =>
      lazymatch f with fun _ => _ => fail | _ => change (is_derive (fun t => f t) x d); derive end
  end
with derived := eapply is_derive_eq; [derive | at_point; reflexivity].

(** * Normal forms *)

Ltac numerals := cbv [Z.of_nat Pos.of_succ_nat Pos.succ Pos.to_nat Pos.iter_op Nat.add].

Ltac tidy :=
  match goal with
  | |- context [IZR (Zneg ?m)] => change (IZR (Zneg m)) with (- IZR (Zpos m))
  | |- context [count ?P] => rewrite (count_ind P); cbv beta
  | |- context [(?x ^ ?a) ^ ?m] => is_var m; rewrite (pow_swap x a m)
  | |- context [0 * ?x] => rewrite (Rmult_0_l x)
  | |- context [?x * 0] => rewrite (Rmult_0_r x)
  | |- context [/ / ?x] => rewrite (Rinv_inv x)
  | |- context [1 * ?x] => rewrite (Rmult_1_l x)
  | |- context [1 / ?x] => rewrite /Rdiv (Rmult_1_l (/ x))
  | |- context [INR (S ?m)] => rewrite (INR_IZR_INZ (S m)); numerals
  | |- context [sqrt 1] => rewrite sqrt_1
  | |- context [sqrt (?x ^ 2)] => rewrite (sqrt_square x)
  | |- context [sqrt ?x ^ 2] => rewrite (pow2_sqrt x); [| solve [not_negative]]
  | |- context [Rabs ?x ^ 2] => rewrite (pow2_abs x)
  | |- context [Rabs (?x * ?y)] => rewrite (Rabs_mult x y)
  | |- context [Rabs ?x] => rewrite (Rabs_pos_eq x); [| solve [not_negative]]
  end.

(** An exponent, or what is under a logarithm, without brackets, or as one fraction. *)

Ltac spread a :=
  let h := fresh in
  eassert (h : a = _) by (rewrite /Rdiv ?Rinv_mult; lazymatch goal with |- ?e = _ =>
    match e with
    | context [/ ?x] => let c := fresh in have c : x * / x = 1 by [apply: Rinv_r; nonzero];
                        progress ring_simplify [c] e; clear c
    | _ => progress ring_simplify e
    end end; reflexivity);
  rewrite h; clear h.

Ltac one_fraction a :=
  let h := fresh in
  eassert (h : a = _) by (lazymatch goal with |- ?e = _ => field_simplify e end; [reflexivity | nonzero ..]);
  lazymatch type of h with ?x = ?x => fail | _ => rewrite h; clear h end.

(** A sum that is a monomial: y + y, a - a + 1. *)
Ltac monomial a :=
  lazymatch a with _ + _ => idtac | _ - _ => idtac end;
  let h := fresh in
  eassert (h : a = _) by (lazymatch goal with |- ?e = _ => ring_simplify e end; reflexivity);
  lazymatch type of h with _ = _ + _ => fail | _ = _ - _ => fail | _ => rewrite h; clear h end.

Ltac split_exp :=
  match goal with
  | |- context [exp (?x + ?y)] => rewrite (exp_plus x y)
  | |- context [exp (?x - ?y)] => rewrite (exp_sub x y)
  | |- context [exp (- ?x)] => rewrite (exp_Ropp x)
  | |- context [exp 0] => rewrite exp_0
  | |- context [exp (?x * 1)] => rewrite (Rmult_1_r x)
  | |- context [exp (ln ?x)] => rewrite (exp_ln x); [| solve [positive]]
  | |- context [exp (INR ?m * ?x)] => rewrite (exp_INR m x)
  | |- context [exp (IZR (Zpos ?m) * ?x)] => rewrite (exp_times m x); numerals
  | |- context [exp (IZR (Zpos ?m))] => lazymatch m with xH => fail | _ => rewrite (exp_numeral m); numerals end
  | |- context [exp (?x * (?y + ?z))] => rewrite (Rmult_plus_distr_l x y z)
  | |- context [exp (?x * (?y - ?z))] => rewrite (Rmult_minus_distr_l x y z)
  | |- context [exp ((?y + ?z) * ?x)] => rewrite (Rmult_plus_distr_r y z x)
  | |- context [exp ((?y - ?z) * ?x)] => rewrite (Rmult_minus_distr_r y z x)
  | |- context [exp (- ?x * ?y)] => rewrite -(Ropp_mult_distr_l x y)
  | |- context [exp (?x * - ?y)] => rewrite -(Ropp_mult_distr_r x y)
  | |- context [exp ?a] => lazymatch a with context [_ / _] => spread a | context [/ _] => spread a end
  end.

Ltac split_ln :=
  match goal with
  | |- context [?x * ln (?x / ?y)] => rewrite (@times_ln_quotient x y); [| solve [not_negative] | solve [positive]]
  | |- context [ln (exp ?x)] => rewrite (ln_exp x)
  | |- context [ln 1] => rewrite ln_1
  | |- context [ln (?x * ?y)] => rewrite (ln_mult x y); [| solve [positive] | solve [positive]]
  | |- context [ln (?x / ?y)] => rewrite (@ln_quotient x y); [| solve [positive] | solve [positive]]
  | |- context [ln (/ ?x)] => rewrite (@ln_inverse x); [| solve [positive]]
  | |- context [ln (?x ^ ?m)] => first
      [ is_var m; rewrite (@ln_power_INR x m); [| solve [positive]]
      | rewrite (@ln_power x m); [numerals | solve [positive]] ]
  | |- context [ln (?x ^ 2)] => rewrite (@ln_square x); [| solve [nonzero]]
  | |- context [ln ?a] => lazymatch a with
      | context [/ _] => one_fraction a
      | context [_ / _] => one_fraction a
      | _ => monomial a
      end
  end.

Ltac take_derivative :=
  match goal with
  | |- context [partial ?F ?z ?j] => erewrite (@is_partial_unique _ F z j); [| unfold is_partial; derived]
  | |- context [Derive ?F ?x] => erewrite (@is_derive_unique F x); [| derived]
  end.

Ltac ordered :=
  match goal with
  | |- _ <= vmax _ => apply: vmax_ge
  | |- ?x <= ?x => apply Rle_refl
  | h : context [vmax ?f] |- ?x <= ?f' ?k => have := vmax_ge f k; cbv beta; lra
  end.

(** What is known to be 0 or to be 1. *)
Ltac settle_ind :=
  repeat match goal with
  | |- context [iverson (~~ ?b)] => rewrite (ind_out b)
  | |- context [iverson (?a && ?b)] => rewrite (ind_and a b)
  | |- context [iverson (?i == ?j)] => rewrite (ind_eq i j)
  | h : is_true ?b |- context [iverson ?b] => rewrite (@ind_true b h)
  | h : is_true (~~ ?b) |- context [iverson ?b] => rewrite (@ind_false b h)
  | |- context [iverson (?x =? ?x)] => rewrite (ind_same x)
  | |- context [iverson (?x <? ?y)] => rewrite (ind_lt x y)
  | |- context [iverson (?x <=? ?y)] => rewrite (@ind_le x y); [| solve [ordered]]
  | h : forall k, (k \in ?A) = _ |- context [?k \in ?A] => rewrite (h k)
  | |- context [delta ?i ?i] => rewrite (delta_refl i)
  | |- context [delta (@Ordinal ?n ?a ?p) (@Ordinal ?n ?b ?q)] =>
      rewrite (@delta_ne n (@Ordinal n a p) (@Ordinal n b q) isT)
  | h : is_true (?i != ?j) |- context [delta ?i ?j] => rewrite (delta_ne h)
  | h : is_true (?i != ?j) |- context [delta ?j ?i] => rewrite (delta_sym j i) (delta_ne h)
  end.

(** Linear in what is 0 or 1; where it is 1 that x = y, x is y. *)
Ltac affine seen :=
  match goal with
  | |- ?e = _ => match e with
      | context [iverson (?x =? ?y)] =>
          lazymatch seen with context [iverson (x =? y)] => fail | _ => idtac end;
          let F := lazymatch eval pattern (iverson (x =? y)) in e with ?F _ => F end in
          let F := lazymatch eval pattern x in F with ?F _ => F end in
          etransitivity; [exact (ind_eqR F x y) | cbv beta; affine (seen, iverson (x =? y))]
      | context [delta ?i ?j] =>
          lazymatch seen with context [delta i j] => fail | _ => idtac end;
          let F := lazymatch eval pattern (delta i j) in e with ?F _ => F end in
          etransitivity; [exact (delta_affine F i j) | cbv beta; affine (seen, delta i j)]
      | context [iverson ?b] =>
          lazymatch seen with context [iverson b] => fail | _ => idtac end;
          let F := lazymatch eval pattern (iverson b) in e with ?F _ => F end in
          etransitivity; [exact (ind_affine F b) | cbv beta; affine (seen, iverson b)]
      end
  | _ => idtac
  end.

(** The same, just if it matters at once. *)
Ltac attained seen :=
  lazymatch goal with |- ?e = _ => lazymatch e with context [iverson (_ =? _)] => affine seen | _ => idtac end end.

(** The entries at k, in the order of their families. *)
Ltac entries k before :=
  match goal with
  | w : 'I_?n -> R |- _ => lazymatch before with context [w k] => fail | _ => entries k constr:(before * w k) end
  | _ => before
  end.

(** A polynomial in what cannot be taken apart; the first equation, which is never used, puts the entries in order. *)
Ltac expand k :=
  rewrite /Rdiv ?Rinv_mult ?Rinv_inv -?pow_inv;
  let all := entries k PI in let o := fresh in
  have o : all = all by [];
  lazymatch goal with |- ?e = _ =>
    match e with
    | context [/ ?x] =>
        lazymatch x with context [k] => idtac end;
        let h := fresh in have h : x * / x = 1 by [apply: Rinv_r; nonzero];
        first
          [ match e with context [/ ?y] =>
              lazymatch y with x => fail | context [k] => idtac end;
              let h' := fresh in have h' : y * / y = 1 by [apply: Rinv_r; nonzero];
              first
                [ match e with context [/ ?u] =>
                    lazymatch u with x => fail | y => fail | context [k] => idtac end;
                    let h'' := fresh in have h'' : u * / u = 1 by [apply: Rinv_r; nonzero];
                    ring_simplify [o h h' h''] e; clear h''
                  end
                | ring_simplify [o h h'] e ];
              clear h'
            end
          | ring_simplify [o h] e ];
        clear h
    | _ => ring_simplify [o] e
    | _ => idtac
    end
  end; clear o.

(** A monomial in k: what depends on k apart from what does not, or the term that a delta picks. *)

Ltac splitting :=
  lazymatch goal with
  | |- splits (fun k => @?f k * @?g k) _ _ =>
      lazymatch f with
      | fun _ => ?a => eapply (@splits_left _ a g); splitting
      | _ => lazymatch g with
          | fun _ => ?a => eapply (@splits_right _ a f); splitting
          | _ => eapply (@splits_both _ f g); [splitting | splitting]
          end
      end
  | |- splits (fun k => - @?f k) _ _ => eapply (@splits_opp _ f); splitting
  | |- splits ?f _ _ =>
      lazymatch f with context [delta] => fail | fun _ => iverson _ ^ _ => fail | _ => apply splits_atom end
  end.

Ltac picking :=
  lazymatch goal with
  | |- picks (fun k => delta k ?j) _ _ => eapply picks_here
  | |- picks (fun k => delta ?j k) _ _ => eapply picks_there
  | |- picks (fun k => - @?f k) _ _ => eapply (@picks_opp _ f); picking
  | |- picks (fun k => @?f k * @?g k) _ _ =>
      first [eapply (@picks_left _ f g); picking | eapply (@picks_right _ f g); picking]
  end.

(** The sum of a polynomial in k is one of moments. *)
Ltac moments :=
  lazymatch goal with
  | |- moment (fun _ => ?c) = _ => exact (moment_const _ c)
  | |- @moment 1 _ = _ => eapply moment_one
  | |- @moment 2 _ = _ => eapply moment_two
  | |- @moment 3 _ = _ => eapply moment_three
  | |- moment (fun k => @?f k + @?g k) = _ => eapply (@moment_add _ f g); [moments | moments]
  | |- moment (fun k => @?f k - @?g k) = _ => eapply (@moment_sub _ f g); [moments | moments]
  | |- moment (fun k => - @?f k) = _ => eapply (@moment_opp _ f); moments
  | |- _ => first [eapply moment_picks; picking | eapply moment_splits; splitting]
  end.

Ltac normal :=
  repeat first
    [ take_derivative
    | match goal with |- context [@bigop R ?I 0 ?r ?F] =>
        sum_as_moments (@bigop R I 0 r F) ltac:(fun e => rewrite e)
      end
    | match goal with |- context [@bigop R _ 1 _ _] => as_sum end
    | progress unfold softmax, partition
    | tidy
    | split_exp
    | split_ln ]
with as_sum := first
  [ rewrite prod_two
  | rewrite prod_sum; [| intro; positive]
  | rewrite prod_const
  | match goal with |- context [\prod_(k < _) (@?f k * @?g k)] => rewrite (prod_mul f g) end
  | match goal with i : 'I_?n |- _ => rewrite (prod_split i) end ]
with sum_as_moments sum use :=
  let e := fresh in
  eassert (e : sum = _) by first [in_moments attained | in_moments ltac:(fun seen => affine seen; normal)];
  cbv beta in e; use e; clear e
with in_moments linear :=
  let k := fresh "k" in
  first [eapply sum_all | eapply sum_some];
  [intro k; normal; settle_ind; linear tt; expand k; rewrite ?pow2_abs; reflexivity | cbv beta; moments].

(** Exponentials, moments and logarithms that are the same up to the order of what is in them: of each two that stand
    in the goal the one is put in the place of the other, if it is the same, or a simple function of it. *)

Ltac all_of head e seen :=
  match e with
  | context [head ?x] => lazymatch seen with context [head x] => fail | _ => all_of head e (seen, head x) end
  | _ => seen
  end.

Ltac each_pair same all :=
  let rec with_each rest one :=
    lazymatch rest with (?rest, ?other) => same other one; with_each rest one | _ => idtac end in
  lazymatch all with (?rest, ?one) => with_each rest one; each_pair same rest | _ => idtac end.

Ltac in_pairs head same := lazymatch goal with |- ?e => let all := all_of head e tt in each_pair same all end.

Ltac same_number := first [ring | field; nonzero].

Ltac same_exp a b := lazymatch a with exp ?x => lazymatch b with exp ?y => first
  [ replace b with a by (congr exp; same_number)
  | replace b with (/ a) by (rewrite -exp_Ropp; congr exp; same_number)
  | replace b with (a ^ 2) by (rewrite /= Rmult_1_r -exp_plus; congr exp; same_number)
  | replace a with (b ^ 2) by (rewrite /= Rmult_1_r -exp_plus; congr exp; same_number)
  | idtac ] end end.

Ltac same_moment a b := first
  [ replace b with a by (apply: moment_eq; intro; cbv beta; in_pairs exp same_exp; ring) | idtac ].

Ltac same_vmax a b := lazymatch a with @vmax ?n ?f => lazymatch b with vmax ?g => first
  [ replace b with a by (congr (@vmax n); apply: FunctionalExtensionality.functional_extensionality => ?; same_number)
  | idtac ] end end.

Ltac same_ln a b := first [replace b with a by (congr ln; same_number) | idtac].

Ltac same_letters :=
  in_pairs exp same_exp;
  try match goal with |- context [@moment ?n _] => in_pairs (@moment n) same_moment end;
  try match goal with |- context [@vmax ?n _] => in_pairs (@vmax n) same_vmax end;
  in_pairs ln same_ln;
  repeat match goal with
  | l : 0 < ?a |- context [Rabs ?x] => match goal with |- context [Rabs ?y] =>
      assert_fails (constr_eq x y); rewrite (@abs_scale a x y l); [| ring]
    end
  end.

Ltac cases :=
  settle_ind;
  repeat match goal with |- context [delta ?i ?j] =>
    let h := fresh in
    case: (altP (i =P j)) => h; [subst j || subst i || rewrite h | idtac]; settle_ind;
    try match goal with a : nat_of_ord ?i = _, b : nat_of_ord ?i = _ |- _ => by rewrite a in b end
  end.

Ltac rational := first [ring | field; solve [nonzero]].

(** An absolute value of what a hypothesis says is not negative. *)
Ltac known_absolute :=
  progress repeat match goal with
  | h : ?a >= ?b |- context [Rabs ?x] => rewrite (@abs_known a b x h); [| solve [normal; same_letters; rational]]
  end.

Ltac known :=
  repeat match goal with
  | h : ?x = ?y |- _ => is_var x; subst x
  | h : ?x = ?y |- context [?x] => rewrite h
  end.

(** Equations between families hold everywhere, memberships say what they are defined to. *)
Ltac hypotheses :=
  repeat match goal with
  | i : 'I_1 |- _ => have ? := class_one i; subst i
  | h : forall k, ?w k = @?f k |- _ =>
      is_var w; lazymatch f with context [w] => fail | _ => idtac end; have ? : w = f by [apply: FunctionalExtensionality.functional_extensionality];
      clear h; subst w
  | h : forall k : 'I_?m, is_true (~~ @eq_op _ k ?i) -> ?w k = ?w ?i |- _ =>
      let c := fresh in
      have [c ?] : exists c, w = (fun _ => c) by
        [exists (w i); apply: FunctionalExtensionality.functional_extensionality => k;
         case: (altP (k =P i)) => [->|/h]];
      clear h; subst w
  | h : forall k, (k \in ?A) = _, m : is_true (?i \in ?A) |- _ => rewrite (h i) in m; move/eqRP: m => m
  | h : forall k : 'I_?m, ?w k = ?w ?i |- _ =>
      let c := fresh in
      have [c ?] : exists c, w = (fun _ => c) by
        [exists (w i); apply: FunctionalExtensionality.functional_extensionality];
      clear h; subst w
  | h : / ?x = ?c |- _ => is_var x; have ? : x = / c by [rewrite -h Rinv_inv]; clear h; subst x
  | h : Rabs ?x <> 0 |- _ => apply neq0_abs in h
  | h : 0 < Rabs ?x |- _ => apply gt0_neq0, neq0_abs in h
  | h : is_true (?i == ?j) |- _ => move/eqP: h => h
  end.

Ltac normal_hypotheses :=
  repeat match goal with
  | h : context [@bigop R ?I 0 ?r ?F] |- _ =>
      sum_as_moments (@bigop R I 0 r F) ltac:(fun e => rewrite e ?Rmult_1_l in h)
  | h : _ * _ <> 0 |- _ => apply Rmult_neq_0_reg in h; case: h => ? ?
  end.

Ltac below i k :=
  cbv beta;
  match goal with h : forall k, _ |- _ => first [have := h k; lra | case: (altP (k =P i)) => [->|/h]; lra] end.

(** Largest entries are those of one class. *)
Ltac extremes :=
  repeat match goal with
  | |- context [@vmax 2 ?f] => rewrite (vmax_two f)
  | |- context [vmax (fun _ => ?c)] => rewrite (vmax_const c); [| class_exists]
  | i : 'I_?n |- context [@vmax ?n ?f] => rewrite (@vmax_eq n f i); [| solve [let k := fresh "k" in intro k; below i k]]
  | |- context [vmax ?f] => match goal with
      | |- context [vmax ?g] => assert_fails (constr_eq f g); one_class f g
      | h : context [vmax ?g] |- _ => assert_fails (constr_eq f g); one_class f g
      end
  end
with one_class f g :=
  let k := fresh "k" in let e := fresh in let e' := fresh in
  have [k [e e']] : exists k, vmax f = f k /\ vmax g = g k
    by [apply: vmax_both; [class_exists | cbv beta => *; first [lra | nra | apply: p_mono]]];
  cbv beta in e, e'; rewrite e ?e'; clear e;
  repeat match goal with h : context [vmax g] |- _ => lazymatch h with e' => fail | _ => rewrite -> e' in h end end;
  clear e'.

Ltac absurd := exfalso; first [lra | discriminate | match goal with h : ?x <> 0 |- _ => apply: h; ring end].

Ltac close := cases; first
  [ rational
  | same_letters; rational
  | known; normal; settle_ind; same_letters; known; rational
  | known_absolute; same_letters; rational
  | rewrite /Rmax; repeat case: Rle_dec => ?; try split_Rabs; lra
  | absurd ].

(** Derivatives that are said to exist, at a point or all around it, are found. *)
Ltac exist :=
  repeat match goal with
  | |- _ /\ _ => split; [solve [intros; repeat (apply: filter_forall; intro); eexists; derive] |]
  end.

Ltac prepare :=
  intros; hypotheses; rewrite /is_partial /ex_partial /near;
  unfold entropy, kl, logsumexp, var, mean, partition, vmin, tanh, sinh, cosh, Rpower in *; cbv beta in *;
  exist; try (eapply is_derive_eq; [derive | at_point]); numerals;
  extremes; normal_hypotheses.

Ltac certify := prepare; normal; close.
