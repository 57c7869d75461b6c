(** Certificates of limits. What [line] is for inequalities, [tends] is for limits: it is told an expression that the
    function equals near the point, and whose limit is visible.

      tends e      f t = e t near the point, by [certify]; e has a limit, by its form, by [lims]; this is the value that
                   is claimed, by [certify], or compares with it, by [sign]
      tends_on e   the same, but that the limit is the value, or compares with it, is left to the lines that follow

    Where an entry runs, the limit is along upd z j t; the running entry is t there, and the others are as they are.

    [lims] goes by the outermost operation. What grows is told apart from what is bounded: u is a scale if it tends to
    infinity, such as lambda, 1/T as T -> 0+, or -x as x -> -oo; then e^{u d} goes to 0 or to infinity with the sign
    of d, u e^{u d} to 0 if d < 0, and 1/u to 0.

    None of this is trusted: Coq checks the proofs that it finds. *)

From Softmax Require Export order zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Scales *)

Section Scales.
Context {F : (R -> Prop) -> Prop} {FF : Filter F}.
Variable u : R -> R.
Variable grows : filterlim u F (Rbar_locally p_infty).

Lemma scale_comp (f : R -> R) (G : (R -> Prop) -> Prop) :
  filterlim f (Rbar_locally p_infty) G -> filterlim (fun t => f (u t)) F G.
Proof. by move=> h; apply: filterlim_comp grows h. Qed.

Lemma scale_inv : filterlim (fun t => / u t) F (locally 0).
Proof. exact: scale_comp inv_hot. Qed.

Lemma scale_down d : d < 0 -> filterlim (fun t => exp (u t * d)) F (locally 0).
Proof. by move=> h; apply: (scale_comp (f := fun l => exp (l * d))); apply: lim_exp. Qed.

Lemma scale_lin d : d < 0 -> filterlim (fun t => u t * exp (u t * d)) F (locally 0).
Proof. by move=> h; apply: (scale_comp (f := fun l => l * exp (l * d))); apply: lim_lin_exp. Qed.

Lemma scale_up d : 0 < d -> filterlim (fun t => exp (u t * d)) F (Rbar_locally p_infty).
Proof.
move=> h; apply: (scale_comp (f := fun l => exp (l * d))).
have id := @filterlim_id R (Rbar_locally p_infty).
exact: filterlim_comp (lim_mul_infty h id (lim_const d)) is_lim_exp_p.
Qed.

Variable n : nat.
Implicit Types (z : 'I_n -> R) (k : 'I_n).

Lemma scale_top z k : filterlim (fun t => exp (u t * (z k - vmax z))) F (locally (iverson (z k =? vmax z))).
Proof. by apply: (scale_comp (f := fun l => exp (l * (z k - vmax z)))); apply: lim_rest. Qed.

Lemma scale_gap z k : filterlim (fun t => u t * exp (u t * (z k - vmax z)) * (z k - vmax z)) F (locally 0).
Proof.
case: (Req_dec (z k) (vmax z)) => [e|/below_max/scale_lin h].
  by apply: lim_ext (lim_const 0) => t; rewrite e Rminus_eq_0; ring.
by refine (lim_eq (lim_mul h (lim_const (z k - vmax z))) _); ring.
Qed.

End Scales.

Lemma scale_id : filterlim (fun t : R => t) (Rbar_locally p_infty) (Rbar_locally p_infty).
Proof. exact: filterlim_id. Qed.

Lemma scale_cold : filterlim (fun t => / t) (at_right 0) (Rbar_locally p_infty).
Proof. exact: inv_cold. Qed.

Lemma scale_minus : filterlim (fun t => - t) (Rbar_locally m_infty) (Rbar_locally p_infty).
Proof. exact: (filterlim_Rbar_opp m_infty). Qed.

Lemma zero_right : filterlim (fun t : R => t) (at_right 0) (locally 0).
Proof. exact: filter_le_within. Qed.

Lemma point_both (a : R) : filterlim (fun t : R => t) (locally' a) (locally a).
Proof. exact: filter_le_within. Qed.

Lemma point_within (P : R -> Prop) (a : R) : filterlim (fun t : R => t) (within P (locally' a)) (locally a).
Proof. by move=> Q h; apply: filter_imp (filter_le_within _ _ h) => t q _. Qed.

(** Near the point: what holds there. *)

Lemma near_infinity : Rbar_locally p_infty (fun t => 0 < t). Proof. by exists 0. Qed.
Lemma near_minus_infinity : Rbar_locally m_infty (fun t => t < 0). Proof. by exists 0. Qed.
Lemma near_zero : at_right 0 (fun t => 0 < t). Proof. by exists (mkposreal 1 Rlt_0_1) => t _. Qed.
Lemma near_any (a : R) : locally' a (fun t => t <> a).
Proof. by exists (mkposreal 1 Rlt_0_1) => t _. Qed.
Lemma near_within (P : R -> Prop) (a : R) : within P (locally' a) (fun t => t <> a /\ P t).
Proof. by exists (mkposreal 1 Rlt_0_1) => t _. Qed.

Section Values.
Context {F : (R -> Prop) -> Prop} {FF : Filter F}.
Implicit Types (f e : R -> R) (a b : R) (D : R -> Prop).

Lemma tends_to D f e a b : F D -> (forall t, D t -> f t = e t) -> filterlim e F (locally b) -> a = b ->
  filterlim f F (locally a).
Proof. by move=> d h l ->; apply: lim_ext_loc l _; apply: filter_imp d => t /h. Qed.

Lemma tends_far D f e (G : (R -> Prop) -> Prop) :
  F D -> (forall t, D t -> f t = e t) -> filterlim e F G -> filterlim f F G.
Proof. by move=> d h l; apply: lim_ext_loc l _; apply: filter_imp d => t /h. Qed.

Lemma tends_same f e (G : (R -> Prop) -> Prop) : (forall t, f t = e t) -> filterlim f F G -> filterlim e F G.
Proof. by move=> h l; apply: lim_ext_loc l _; apply: filter_forall. Qed.

Lemma tends_within D f e b (R1 : Rbar -> Prop) : F D -> (forall t, D t -> f t = e t) -> filterlim e F (locally b) ->
  R1 b -> exists l : Rbar, filterlim f F (Rbar_locally l) /\ R1 l.
Proof. by move=> d h l r; exists (Finite b); split=> //; apply: tends_far d h l. Qed.

Lemma lim_power f a (m : nat) : filterlim f F (locally a) -> filterlim (fun t => f t ^ m) F (locally (a ^ m)).
Proof. by move=> h; elim: m => [|m IH] /=; [apply: lim_const | apply: lim_mul]. Qed.

Lemma lim_abs f a : filterlim f F (locally a) -> filterlim (fun t => Rabs (f t)) F (locally (Rabs a)).
Proof. by apply: lim_comp; apply: continuous_Rabs. Qed.

Lemma lim_mul_far f g a : 0 < a ->
  filterlim f F (locally a) -> filterlim g F (Rbar_locally p_infty) ->
  filterlim (fun t => f t * g t) F (Rbar_locally p_infty).
Proof. by move=> a0 hf hg; apply: (lim_ext_loc (lim_mul_infty a0 hg hf)); apply: filter_forall => t; ring. Qed.

Lemma far_exp f : filterlim f F (Rbar_locally p_infty) -> filterlim (fun t => exp (f t)) F (Rbar_locally p_infty).
Proof. by move=> h; apply: filterlim_comp h is_lim_exp_p. Qed.

Lemma down_exp f : filterlim f F (Rbar_locally p_infty) -> filterlim (fun t => exp (- f t)) F (locally 0).
Proof.
move=> h; apply: (lim_ext (f := fun t => exp (f t * -1))) => [t|]; first by congr exp; ring.
by apply: scale_down h _ _; lra.
Qed.

Lemma far_square f : filterlim f F (Rbar_locally p_infty) -> filterlim (fun t => f t ^ 2) F (Rbar_locally p_infty).
Proof.
move=> h; apply: (scale_comp h (f := fun t => t ^ 2)); move=> P [M hM]; exists (Rmax 1 M) => x hx.
have := Rmax_l 1 M; have := Rmax_r 1 M => m1 m2; apply: hM; nra.
Qed.

End Values.

(** A difference quotient at 0. *)
Lemma lim_quotient (f : R -> R) d : is_derive f 0 d -> f 0 = 0 -> filterlim (fun t => f t / t) (at_right 0) (locally d).
Proof.
move=> /is_derive_Reals hd f0; apply/filterlim_locally => eps; have [delta h] := hd eps (cond_pos eps).
exists delta => t; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r => b t0.
by have := h t (Rgt_not_eq _ _ t0) b; rewrite Rplus_0_l f0 Rminus_0_r.
Qed.

Lemma ind_at x y : x = y -> iverson (x =? y) = 1.
Proof. by move=> ->; apply: ind_same. Qed.

Lemma ind_below x y : x < y -> iverson (x =? y) = 0.
Proof. by rewrite /iverson; case: eqRP => // ?; lra. Qed.

Lemma ind_above x y : y < x -> iverson (x =? y) = 0.
Proof. by rewrite /iverson; case: eqRP => // ?; lra. Qed.

Lemma tops_gt0 n (z : 'I_n -> R) : (0 < n)%N -> 0 < \sum_(k < n) iverson (z k =? vmax z).
Proof. by move=> h; have := winners_ge1 z h; rewrite /winners /count /iverson; lra. Qed.

Lemma far_affine (F : (R -> Prop) -> Prop) {FF : Filter F} (u : R -> R) (d b : R) : 0 < d ->
  filterlim u F (Rbar_locally p_infty) -> filterlim (fun t => u t * d + b) F (Rbar_locally p_infty).
Proof.
move=> d0 h; apply: (scale_comp h (f := fun x => x * d + b)); move=> P [M hM]; exists ((M - b) / d) => x hx.
apply: hM; have := Rmult_lt_compat_r d _ _ d0 hx; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
Qed.

Lemma from_near (D : R -> Prop) x : (forall t, t <> x -> Rabs (t - x) < 1 / 2 -> D t) -> from_sides D x.
Proof.
have e : 0 < 1 / 2 by lra.
move=> h; have near : locally' x D.
  by exists (mkposreal _ e) => t; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= => b ne; apply: (h t).
have l : at_left x D by case: near => d hd; exists d => t b ?; apply: (hd t b); lra.
have r : at_right x D by case: near => d hd; exists d => t b ?; apply: (hd t b); lra.
by split; [left | split; left].
Qed.

Lemma lim_expm1 (P : R -> Prop) : filterlim (fun t => (exp t - 1) / t) (within P (locally' 0)) (locally 1).
Proof.
have l : filterlim (fun t => (exp t - 1) / t) (locally' 0) (locally 1) by exact: is_lim_div_expm1_0.
by move=> Q q; have := l Q q; rewrite /filtermap /within; apply: filter_imp => t ? _.
Qed.

Lemma far_inv_square (P : R -> Prop) : filterlim (fun t => 1 / t ^ 2) (within P (locally' 0)) (Rbar_locally p_infty).
Proof.
move=> Q [M hM]; have m0 := Rabs_pos M; have e0 : 0 < / (1 + Rabs M) by apply: Rinv_0_lt_compat; lra.
exists (mkposreal _ e0) => t; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r => b ne _.
have a0 := Rabs_pos_lt t ne; have bM := Rle_abs M.
have b1 : Rabs t * (1 + Rabs M) < 1.
  by have := Rmult_lt_compat_r (1 + Rabs M) _ _ _ b; rewrite Rinv_l; [apply; lra | lra].
have sq : t * (t * 1) = Rabs t * Rabs t by rewrite -Rabs_mult Rabs_pos_eq; [ring | nra].
apply: hM; rewrite sq; apply: (Rmult_lt_reg_r (Rabs t * Rabs t)); first by nra.
by rewrite /Rdiv Rmult_1_l Rinv_l; nra.
Qed.

Lemma tanh_form x : tanh x = 1 - 2 / (exp (2 * x) + 1).
Proof.
rewrite /tanh /sinh /cosh exp_Ropp; have -> : 2 * x = x + x by ring.
by rewrite exp_plus; have := exp_pos x => h; field; nra.
Qed.

Lemma far_add (F : (R -> Prop) -> Prop) {FF : Filter F} (f : R -> R) (b : R) :
  filterlim f F (Rbar_locally p_infty) -> filterlim (fun t => f t + b) F (Rbar_locally p_infty).
Proof. by move=> h; apply: (tends_same (f := fun t => f t * 1 + b)) => [t|]; [ring | apply: far_affine h; lra]. Qed.

Lemma sum_argmax n (z : 'I_n -> R) (A : {set 'I_n}) : (forall k, (k \in A) = (z k =? vmax z)) ->
  \sum_(k < n | k \in A) iverson (z k =? vmax z) = \sum_(k < n) iverson (z k =? vmax z).
Proof. by move=> h; rewrite sum_cond; apply: sum_eq => k _; rewrite h /iverson; case: eqRP. Qed.

Lemma bottom_ind n (z : 'I_n -> R) k : iverson (- z k =? vmax (fun k => - z k)) = iverson (z k =? vmin z).
Proof. by rewrite /iverson /vmin; case: eqRP => a; case: eqRP => b //; lra. Qed.

Lemma scale_bottom (F : (R -> Prop) -> Prop) {FF : Filter F} (v : R -> R) n (z : 'I_n -> R) k :
  filterlim (fun t => - v t) F (Rbar_locally p_infty) ->
  filterlim (fun t => exp (v t * (z k - vmin z))) F (locally (iverson (z k =? vmin z))).
Proof.
move=> h; rewrite -bottom_ind; have l := @scale_top F _ h n (fun k => - z k) k.
by refine (tends_same _ l) => t; congr exp; rewrite /vmin; ring.
Qed.

Lemma bottoms_gt0 n (z : 'I_n -> R) : (0 < n)%N -> 0 < \sum_(k < n) iverson (z k =? vmin z).
Proof.
by move=> h; have := @tops_gt0 n (fun k => - z k) h; congr (_ < _); apply: eq_bigr => k _; apply: bottom_ind.
Qed.

(** Beside a class that attains the largest entry there is another one, if two attain it. *)
Lemma tops_rest n (z : 'I_n -> R) i : z i = vmax z -> count (fun k => z k =? vmax z) >= 2 ->
  0 < \sum_(k < n | k != i) iverson (z k =? vmax z).
Proof. by move=> h; rewrite /count (sum_split i) -[if _ then _ else _]/(iverson _) ind_at // /iverson; lra. Qed.

(** * An entry that runs *)

Section Entries.
Variable n : nat.
Implicit Types (z : 'I_n -> R) (i j k : 'I_n) (G : 'I_n -> R -> R).

Lemma upd_here z j t : upd z j t j = t.
Proof. by rewrite /upd eqxx. Qed.

Lemma upd_other z j t k : k != j -> upd z j t k = z k.
Proof. by rewrite /upd => /negbTE ->. Qed.

Lemma sum_upd z j t G : \sum_(k < n) G k (upd z j t k) = G j t + (\sum_(k < n | k != j) G k (z k)).
Proof.
rewrite (sum_split j) upd_here; congr Rplus; apply: eq_bigr => k hk.
by rewrite upd_other.
Qed.

Lemma sum_upd_others z j t G : \sum_(k < n | k != j) G k (upd z j t k) = \sum_(k < n | k != j) G k (z k).
Proof. by apply: eq_bigr => k hk; rewrite upd_other. Qed.

Lemma numbers_apart (a b : nat) i j : i = a :> nat -> j = b :> nat -> a != b -> i != j.
Proof. by move=> <- <-. Qed.

End Entries.

Ltac apart_classes i j := first [assumption | by rewrite eq_sym
  | match goal with a : nat_of_ord i = _, b : nat_of_ord j = _ |- _ => exact (numbers_apart a b isT) end].

(** The running entry is t, the others are as they are. *)
Ltac entry_out := repeat match goal with
  | |- context [upd ?z ?j ?t ?j] => rewrite (upd_here z j t)
  | |- context [upd ?z ?j ?t ?i] => rewrite (@upd_other _ z j t i); [| apart_classes i j]
  | |- context [@bigop R _ 0 _ (fun k => @BigBody R _ k Rplus true (@?B k))] =>
      match B with context [@upd ?n ?z ?j ?t _] =>
        let G := constr:(fun k : 'I_n => ltac:(let b := eval cbv beta in (B k) in
          let g := eval pattern (upd z j t k) in b in match g with ?h _ => exact h end)) in
        rewrite (@sum_upd n z j t G : \sum_(k < n) B k = _); cbv beta
      end
  | |- context [@bigop R _ 0 _ (fun k => @BigBody R _ k Rplus (k != ?j) (@?B k))] =>
      match B with context [@upd ?n ?z j ?t _] =>
        let G := constr:(fun k : 'I_n => ltac:(let b := eval cbv beta in (B k) in
          let g := eval pattern (upd z j t k) in b in match g with ?h _ => exact h end)) in
        rewrite (@sum_upd_others n z j t G : \sum_(k < n | k != j) B k = _); cbv beta
      end
  end.

Ltac entries_out := try match goal with |- filterlim ?f _ _ => match f with context [upd _ _] =>
    eapply tends_same; [intro; cbv beta; symmetry; entry_out; reflexivity | cbv beta] end end.

(** * Limits, by form *)

Ltac here := lazymatch goal with
  | |- filterlim _ (Rbar_locally p_infty) _ => constr:(near_infinity)
  | |- filterlim _ (Rbar_locally m_infty) _ => constr:(near_minus_infinity)
  | |- filterlim _ (at_right 0) _ => constr:(near_zero)
  | |- filterlim _ (locally' ?a) _ => constr:(@near_any a)
  | |- filterlim _ (within ?P (locally' ?a)) _ => constr:(@near_within P a)
  | |- exists l, filterlim _ (Rbar_locally p_infty) _ /\ _ => constr:(near_infinity)
  | |- exists l, filterlim _ (Rbar_locally m_infty) _ /\ _ => constr:(near_minus_infinity)
  | |- exists l, filterlim _ (at_right 0) _ /\ _ => constr:(near_zero)
  end.

(** The scale of a limit point, that it grows, and where it is 1. *)
Ltac scale use := lazymatch goal with
  | |- filterlim _ (Rbar_locally p_infty) _ => use (fun t : R => t) scale_id 1
  | |- filterlim _ (Rbar_locally m_infty) _ => use (fun t : R => - t) scale_minus (-1)
  | |- filterlim _ (at_right 0) _ => use (fun t : R => / t) scale_cold 1
  end.

Ltac winners := repeat match goal with
  | h : ?z ?i = vmax ?z, c : count (fun k => ?z k =? vmax ?z) >= 2 |- _ => note (tops_rest h c)
  | |- context [@vmax ?n ?z] => note (@tops_gt0 n z ltac:(class_exists))
  | |- context [@vmin ?n ?z] => note (@bottoms_gt0 n z ltac:(class_exists))
  end.

Ltac limit_sign := winners; observe; first [assumption | sign | lra].
Ltac limit_nonzero := winners; observe; first [apply gt0_neq0; assumption | sign | nonzero].

Ltac units := rewrite ?Rinv_1 ?Rmult_1_l ?Rmult_1_r ?Ropp_involutive.

(** e^(u d), where the exponent is d if u is 1. *)
Ltac by_scale a use := scale ltac:(fun u grows one =>
  let d := eval cbv beta in (a one) in
  refine (@tends_same _ _ (fun t => exp (u t * d)) _ _ _ _);
    [intro; cbv beta; congr exp; units; ring | cbv beta; use u grows d]).

Ltac far :=
  cbv beta;
  lazymatch goal with
  | |- filterlim (fun t => t) (Rbar_locally p_infty) _ => exact scale_id
  | |- filterlim (fun t => / t) (at_right 0) _ => exact scale_cold
  | |- filterlim (fun t => - t) (Rbar_locally m_infty) _ => exact scale_minus
  | |- filterlim ?f _ (Rbar_locally m_infty) =>
      let g := lazymatch f with
        | fun t => - @?u t * @?e t / @?d t => constr:(fun t => u t * e t / d t)
        | fun t => - @?u t * @?e t => constr:(fun t => u t * e t)
        | fun t => - @?u t => u
        end in
      refine (@tends_same _ _ (fun t => - g t) _ _ _ _); [intro; rewrite /Rdiv; ring | apply: lim_opp_infty; far]
  | |- filterlim (fun t => exp (@?a t)) _ _ => first
      [ by_scale a ltac:(fun u grows d => apply: (scale_up grows); units; limit_sign)
      | eapply (@far_exp _ a); far ]
  | |- filterlim (fun t => @?a t ^ 2) (Rbar_locally m_infty) _ =>
      refine (@tends_same _ _ (fun t => (- a t) ^ 2) _ _ _ _);
        [intro; ring | eapply (@far_square _ (fun t => - a t)); far]
  | |- filterlim (fun t => @?a t ^ 2) _ _ => eapply (@far_square _ a); far
  | |- filterlim (fun t => @?f t * @?g t) _ _ => first
      [ eapply (@lim_mul_far _ _ f g); [| solve [lims] | far]; limit_sign
      | eapply (@lim_mul_infty _ _ f g); [| far | solve [lims]]; limit_sign | affine_far ]
  | |- filterlim (fun t => exp (@?a t) / exp (@?b t)) _ _ =>
      refine (@tends_same _ _ (fun t => exp (a t - b t)) _ _ _ _); [intro; by rewrite exp_sub | far]
  | |- filterlim (fun t => 1 / t ^ 2) (within ?P (locally' 0)) _ => exact (@far_inv_square P)
  | |- filterlim (fun t => @?f t / @?g t) _ _ =>
      eapply (@lim_mul_infty _ _ f (fun t => / g t)); [| far | solve [lims]]; limit_sign
  | |- filterlim (fun t => ?b + exp (@?f t)) _ _ =>
      refine (@tends_same _ _ (fun t => exp (f t) + b) _ _ _ _); [intro; ring | far]
  | |- filterlim (fun t => exp (@?f t) + ?b) _ _ => eapply (@far_add _ _ (fun t => exp (f t)) b); far
  | |- _ => affine_far
  end

with affine_far := lazymatch goal with |- filterlim ?a _ _ => scale ltac:(fun u grows one =>
  let b := eval cbv beta in (a 0) in let c := eval cbv beta in (a one) in
  refine (@tends_same _ _ (fun t => u t * (c - b) + b) _ _ _ _);
    [ intro; cbv beta; first [ring | field; solve [nonzero | lra]]
    | apply: far_affine grows; first
        [ limit_sign | nra | rewrite /Rdiv; match goal with |- 0 < ?d => ring_simplify d end; limit_sign ] ]) end

with lims :=
  cbv beta;
  lazymatch goal with
  | |- filterlim (fun _ => ?c) _ _ => exact (lim_const c)
  | |- filterlim (fun t => t) (at_right 0) _ => exact zero_right
  | |- filterlim (fun t => t) (locally' ?a) _ => exact (@point_both a)
  | |- filterlim (fun t => t) (within ?P (locally' ?a)) _ => exact (@point_within P a)
  | |- filterlim (fun t => / t) (Rbar_locally p_infty) _ => exact inv_hot
  | |- filterlim (fun t => exp (@?u t * (?x - ?x))) _ _ =>
      refine (@tends_same _ _ (fun _ => 1) _ _ _ _); [intro; by rewrite Rminus_eq_0 Rmult_0_r exp_0 | lims]
  | |- filterlim (fun t => exp (@?u t * (?z ?k - vmax ?z))) _ _ =>
      first [eapply (@scale_top _ u); far | exponential]
  | |- filterlim (fun t => exp (@?v t * (?z ?k - vmin ?z))) _ _ =>
      first [eapply (@scale_bottom _ _ v); far | exponential]
  | |- filterlim (fun t => exp _) _ _ => exponential
  | |- filterlim (fun t => ln (@?f t)) _ _ => eapply (@lim_comp _ ln f); [| lims]; apply continuous_ln; limit_sign
  | |- filterlim (fun t => tanh (@?f t)) _ _ =>
      refine (@tends_same _ _ (fun t => 1 - 2 / (exp (2 * f t) + 1)) _ _ _ _); [intro; by rewrite tanh_form | lims]
  | |- filterlim (fun t => Rabs (@?f t)) _ _ => eapply (@lim_abs _ f); lims
  | |- filterlim (fun t => @?f t + @?g t) _ _ => eapply (@lim_add _ _ f g); lims
  | |- filterlim (fun t => @?f t - @?g t) _ _ => eapply (@lim_sub _ _ f g); lims
  | |- filterlim (fun t => - @?f t) _ _ => eapply (@lim_opp _ f); lims
  | |- filterlim (fun t => exp (@?a t) / exp (@?b t)) _ _ =>
      refine (@tends_same _ _ (fun t => exp (a t - b t)) _ _ _ _); [intro; by rewrite exp_sub | lims]
  | |- filterlim (fun t => @?f t / t) (at_right 0) _ =>
      eapply (@lim_quotient f); [derived | at_ends; identity]
  | |- filterlim (fun t => (exp t - 1) / t) (within ?P (locally' 0)) _ => exact (@lim_expm1 P)
  | |- filterlim (fun t => @?f t / @?g t) _ _ => first
      [ eapply (@lim_div _ _ f g); [| solve [lims] | solve [lims]]; limit_nonzero
      | eapply (@lim_mul _ _ f (fun t => / g t)); [lims | eapply (@scale_inv _ g); far] ]
  | |- filterlim (fun t => / @?f t) _ _ => first
      [eapply (@lim_inv _ f); [| solve [lims]]; limit_nonzero | eapply (@scale_inv _ f); far]
  | |- filterlim (fun t => @?f t * @?g t) _ _ => first [eapply (@lim_mul _ _ f g); solve [lims] | falling]
  | |- filterlim (fun t => @?f t ^ ?m) _ _ => eapply (@lim_power _ _ f _ m); lims
  | |- filterlim (fun t => \sum_(k < _ | _) @?f t k) _ _ =>
      eapply (@lim_sum _ _ _ _ f); let k := fresh "k" in let h := fresh in intros k h; observe; lims
  end

(** The exponent has a limit, or grows, or falls. *)
with exponential := lazymatch goal with |- filterlim (fun t => exp (@?a t)) _ _ => first
  [ lazymatch a with fun t => - exp (@?g t) * @?h t =>
      refine (@tends_same _ _ (fun t => exp (- (exp (g t) * h t))) _ _ _ _);
        [intro; congr exp; ring | eapply (@down_exp _ _ (fun t => exp (g t) * h t)); far] end
  | eapply (@lim_comp _ exp a); [apply continuous_exp | solve [lims]]
  | by_scale a ltac:(fun u grows d => eapply (scale_down grows); units; solve [limit_sign])
  | lazymatch a with fun t => - @?g t => eapply (@down_exp _ _ g); far end
  | refine (@tends_same _ _ (fun t => exp (- (- a t))) _ _ _ _);
      [intro; congr exp; ring | eapply (@down_exp _ _ (fun t => - a t)); far] ]
  end

(** A scale times what falls exponentially, other factors apart. *)
with falling := match goal with
  | |- filterlim ?f _ _ => match f with context [vmax ?z] => match f with context [z ?k - vmax z] =>
      scale ltac:(fun u grows one => let d := constr:(z k - vmax z) in first
        [ refine (@tends_same _ _ (fun t => u t * exp (u t * d) * d) _ _ _ _);
            [intro; cbv beta; ring | eapply (scale_gap grows)]
        | refine (@tends_same _ _ (fun t => u t * exp (u t * d) * d * d) _ _ _ _);
            [intro; cbv beta; ring | eapply lim_mul; [eapply (scale_gap grows) | exact (lim_const _)]] ]) end end
  | |- filterlim (fun t => @?u t * exp (@?v t * ?d)) _ _ => eapply (@scale_lin _ u); [far | limit_sign]
  | |- filterlim (fun t => exp (@?v t * ?d) * @?u t) _ _ =>
      refine (@tends_same _ _ (fun t => u t * exp (v t * d)) _ _ _ _);
        [intro; ring | eapply (@scale_lin _ u); [far | limit_sign]]
  end.

(** Which of the classes attain the largest entry. *)
Ltac tops :=
  winners; observe;
  repeat match goal with
  | h : context [count ?P] |- _ => rewrite (count_ind P) in h; cbv beta in h
  | a : forall k, _ = (?z k =? vmax ?z) |- _ => rewrite (sum_argmax a)
  | h : @bigop R _ _ _ _ = _ |- _ => rewrite h
  end;
  repeat match goal with |- context [iverson (?x =? ?y)] => first
    [rewrite (@ind_at x y); [| solve [assumption | lra]] | rewrite (@ind_below x y); [| solve [assumption | lra]]
    | rewrite (@ind_above x y); [| solve [assumption | lra]]] end.

Ltac plain := unfold entropy, kl, var, mean, logsumexp, softmax, partition; cbv beta; entries_out.

(** An entry that is the largest is written as such, so that what is below it is seen. *)
Ltac at_max := repeat match goal with
  | h : ?z ?i = vmax ?z |- filterlim ?f _ _ => match f with context [z i] => rewrite !h end
  | h : ?z ?i = vmin ?z |- filterlim ?f _ _ => match f with context [z i] => rewrite !h end
  end.

Ltac near_there := first
  [ exact: filter_forall
  | apply: filter_forall => ?; first [assumption | solve [nonzero] | solve [positive]
      | match goal with |- context [upd ?z ?j ?t] => generalize (upd z j t); intro; cbv beta; existence_at end ]
  | by [exists 0 => ? ?; first [lra | split; lra]]
  | let t := fresh in exists 1; intros t ?; assert (0 < t) by lra; assert (0 < 1 / t) by (apply: Rdiv_lt_0_compat; lra);
      (repeat split); first [lra | solve [nonzero] | solve [positive]]
  | apply: from_near => ? ? ?; first [assumption | let e := fresh in move=> e; split_Rabs; lra] ].

Ltac start_limit := start; repeat match goal with
  | |- _ /\ filterlim _ _ _ => split; [solve [near_there | existence] |]
  end.

(** That a set is that of the winners matters for the limit, not near the point. *)
Ltac same_near := intros; cbv beta;
  try match goal with |- context [upd ?z ?j ?t] => generalize (upd z j t); intro end; first
  [ reflexivity
  | solve [repeat match goal with h : forall k, (k \in ?A) = _ |- _ => clear h end; identity] | identity ].

Ltac tends e :=
  let n := here in
  first
    [ eapply (@tends_to _ _ _ _ e _ _ n); [same_near | plain; at_max; lims | tops; first [done | lra | solve [field; lra] | identity]]
    | eapply (@tends_far _ _ _ _ e _ n); [same_near | plain; at_max; far]
    | eapply (@tends_within _ _ _ _ e _ _ n); [same_near | plain; at_max; lims | cbn [Rbar_le Rbar_lt]; tops; visibly] ].

(** The same, where other lines show that the limit is the value, or compares with it. *)
Ltac tends_on e :=
  let n := here in
  first
    [ eapply (@tends_to _ _ _ _ e _ _ n); [same_near | plain; at_max; lims |]
    | eapply (@tends_within _ _ _ _ e _ _ n); [same_near | plain; at_max; lims | cbn [Rbar_le Rbar_lt]] ];
  winners;
  repeat match goal with e : @vmax ?n ?z = _, h : context [@vmax ?n ?z] |- _ =>
    lazymatch h with e => fail | _ => rewrite e in h end
  end.
