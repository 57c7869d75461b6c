(** Gumbel-max: whoever adds independent Gumbel noise to the logits and takes the largest chooses as softmax does.

    The noise has the distribution function F(x) = exp(-e^{-x}) and the density f = F'; at the scale 1/lambda and the
    location a the distribution function is F(lambda (x - a)), the density lambda f(lambda (x - a)).

      gumbel_cdf x, gumbel_density x    F(x) and f(x) = e^{-x} F(x)
      gumbel_is_density     f = F' > 0; F tends to 0 and to 1, so the integral of f over R is 1
      gumbel_max_location   prod_k F(lambda (x - z_k)) = F(lambda (x - lse z)): the largest is Gumbel again, at lse z
      gumbel_max            class i is the largest with probability p_i: given its value x, the others are below x, and

                              int_R lambda f(lambda (x - z_i)) prod_{j != i} F(lambda (x - z_j)) dx = p_i *)

From Softmax Require Export zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition gumbel_cdf x := exp (- exp (- x)).
Definition gumbel_density x := exp (- x) * gumbel_cdf x.

(** exp (- c e^{-lambda x}), where c, lambda > 0: what F becomes at any place and scale, from 0 at -oo to 1 at oo. *)
Section Place.
Variables (lambda c : R).
Context (l0 : 0 < lambda) (c0 : 0 < c).

Definition placed x := exp (- (c * exp (- (lambda * x)))).

Lemma placed_slope x : is_derive placed x (lambda * (c * exp (- (lambda * x))) * placed x).
Proof. by rewrite /placed; auto_derive => //; ring. Qed.

Lemma lim_placed_right : filterlim placed (Rbar_locally p_infty) (locally 1).
Proof.
have e0 : exp (- (c * 0)) = 1 by rewrite Rmult_0_r Ropp_0 exp_0.
rewrite -e0; apply: (lim_comp (g := fun y => exp (- (c * y)))).
  by apply: (derive_continuous (d := - c)); auto_derive => //; rewrite Rmult_0_r Ropp_0 exp_0; ring.
have neg : - lambda < 0 by lra.
by apply: lim_ext (lim_exp neg) => x; congr exp; ring.
Qed.

Lemma lim_placed_left : filterlim placed (Rbar_locally m_infty) (locally 0).
Proof.
have up : filterlim (fun y => y * lambda) (Rbar_locally p_infty) (Rbar_locally p_infty).
  by apply: (lim_mul_infty (f := fun y => y) l0 _ (lim_const lambda)); apply: filterlim_id.
have big : filterlim (fun y => exp (y * lambda) * c) (Rbar_locally p_infty) (Rbar_locally p_infty).
  exact: lim_mul_infty c0 (filterlim_comp _ _ _ _ _ _ _ _ up is_lim_exp_p) (lim_const c).
have small := filterlim_comp _ _ _ _ _ _ _ _ (lim_opp_infty big) is_lim_exp_m.
apply: filterlim_ext (filterlim_comp _ _ _ Ropp _ _ _ _ (filterlim_Rbar_opp m_infty) small) => x.
by rewrite /placed; congr exp; rewrite Rmult_comm; congr (- (c * exp _)); ring.
Qed.

Lemma placed_integral : is_RInt_gen (fun x => lambda * (c * exp (- (lambda * x))) * placed x)
  (Rbar_locally m_infty) (Rbar_locally p_infty) 1.
Proof.
have d x : Derive placed x = lambda * (c * exp (- (lambda * x))) * placed x := is_derive_unique _ _ _ (placed_slope x).
have whole (P : R -> Prop) : (forall x, P x) -> filter_prod (Rbar_locally m_infty) (Rbar_locally p_infty)
    (fun ab => forall x, Rmin ab.1 ab.2 <= x <= Rmax ab.1 ab.2 -> P x) by move=> h; apply: filter_forall => ab x _.
have cont x : continuous (Derive placed) x.
  apply: (continuous_ext (fun x => lambda * (c * exp (- (lambda * x))) * placed x)) => [t|]; first by rewrite d.
  have [s hs] : ex_derive (fun x => lambda * (c * exp (- (lambda * x))) * placed x) x by rewrite /placed; auto_derive.
  exact: derive_continuous hs.
have h : is_RInt_gen (Derive placed) (Rbar_locally m_infty) (Rbar_locally p_infty) (1 - 0).
  apply: is_RInt_gen_Derive lim_placed_left lim_placed_right; apply: whole => // x; exact: ex_intro (placed_slope x).
by rewrite Rminus_0_r in h; refine (is_RInt_gen_ext _ _ _ _ h); apply: filter_forall => ab x _; rewrite d.
Qed.

End Place.

Lemma cdf_placed x : gumbel_cdf x = placed 1 1 x.
Proof. by rewrite /gumbel_cdf /placed !Rmult_1_l. Qed.

Lemma density_placed x : gumbel_density x = 1 * (1 * exp (- (1 * x))) * placed 1 1 x.
Proof. by rewrite /gumbel_density cdf_placed !Rmult_1_l. Qed.

Theorem gumbel_is_density :
  (forall x, 0 < gumbel_density x) /\ (forall x, is_derive gumbel_cdf x (gumbel_density x)) /\
  filterlim gumbel_cdf (Rbar_locally m_infty) (locally 0) /\ filterlim gumbel_cdf (Rbar_locally p_infty) (locally 1) /\
  is_RInt_gen gumbel_density (Rbar_locally m_infty) (Rbar_locally p_infty) 1.
Proof.
have one := Rlt_0_1; split=> [x|]; first by apply: Rmult_lt_0_compat; apply: exp_pos.
have e x := esym (cdf_placed x); split=> [x|].
  by rewrite density_placed; apply: is_derive_ext e (placed_slope 1 1 x).
split; first exact: lim_ext e (lim_placed_left one one).
split; first exact: lim_ext e (lim_placed_right 1 one).
apply: is_RInt_gen_ext (placed_integral one one); apply: filter_forall => ab x _.
by rewrite density_placed.
Qed.

Section Largest.
Variable n : nat.
Implicit Types (lambda x : R) (z : 'I_n -> R) (i j k : 'I_n).

(** The product of the distribution functions: the exponents add up to Z. *)
Lemma prod_cdf lambda z (P : pred 'I_n) x : \prod_(k < n | P k) gumbel_cdf (lambda * (x - z k))
  = exp (- ((\sum_(k < n | P k) exp (lambda * z k)) * exp (- (lambda * x)))).
Proof.
rewrite -sum_scaler; elim/big_rec2: _ => [|k a b _ ->]; first by rewrite Ropp_0 exp_0.
rewrite /gumbel_cdf -exp_plus; congr exp; rewrite Ropp_plus_distr; congr (- _ + _).
by rewrite -exp_plus; congr exp; ring.
Qed.

Theorem gumbel_max_location lambda z x : 0 < lambda -> (0 < n)%N ->
  \prod_(k < n) gumbel_cdf (lambda * (x - z k)) = gumbel_cdf (lambda * (x - ln (partition lambda z) / lambda)).
Proof.
move=> l0 /class0 i; rewrite prod_cdf /gumbel_cdf -/(partition lambda z); congr (exp (- _)).
have -> : - (lambda * (x - ln (partition lambda z) / lambda)) = ln (partition lambda z) + - (lambda * x) by field; lra.
by rewrite exp_plus exp_ln //; apply: partition_gt0 i.
Qed.

Theorem gumbel_max lambda z i : 0 < lambda ->
  is_RInt_gen (fun x => lambda * gumbel_density (lambda * (x - z i))
                        * (\prod_(j < n | j != i) gumbel_cdf (lambda * (x - z j))))
    (Rbar_locally m_infty) (Rbar_locally p_infty) (softmax lambda z i).
Proof.
move=> l0; have Z0 := partition_gt0 lambda z i.
have h := @is_RInt_gen_scal _ _ _ _ _ _ (softmax lambda z i) _ (placed_integral l0 Z0).
rewrite /scal /= /mult /= Rmult_1_r in h; refine (is_RInt_gen_ext _ _ _ _ (h _ _)); apply: filter_forall => ab x _.
have := prod_cdf lambda z xpredT x; rewrite (bigD1 i) //= -/(partition lambda z) -/(placed _ _ x) => <-.
set others := BigOp.bigop _ _ _; rewrite /gumbel_density /softmax.
have -> : exp (- (lambda * (x - z i))) = exp (lambda * z i) * exp (- (lambda * x)).
  by rewrite -exp_plus; congr exp; ring.
by field; lra.
Qed.

End Largest.
