(** lambda/2 is the best Lipschitz constant of softmax in the Euclidean norm, for every n >= 2.

    Two classes a, b share everything when all others are far below; there, along the direction (1, -1) of the two,
    softmax moves at the rate lambda/2.

      pair a b k        1 if k is a or b, else 0
      across a b k      1 at a, -1 at b, else 0 *)

From Softmax Require Export lipschitz.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Sharp.
Variables (n : nat) (a b : 'I_n).

Definition pair k := delta a k + delta b k.
Definition across k := delta a k - delta b k.

Lemma at_most {F : (R -> Prop) -> Prop} {FF : ProperFilter F} (f : R -> R) (x c : R) :
  filterlim f F (locally x) -> F (fun t => f t <= c) -> x <= c.
Proof. by move=> hf le; apply: (filterlim_le f (fun _ => c) x c le hf (lim_const c)). Qed.

(** What a Lipschitz constant says along a line: |<D, v>| <= |D| |v|, without a square root. *)
Lemma lipschitz_dot c t (D v : 'I_n -> R) : 0 < c -> 0 < t ->
  norm2 D <= c ^ 2 * (t ^ 2 * norm2 v) -> dot D v <= c * t * norm2 v.
Proof.
move=> c0 t0 lip; have ct : 0 < c * t by apply: Rmult_lt_0_compat.
have sq : 0 <= norm2 (fun k => D k + - (c * t) * v k) by apply: sum_ge0 => k _; apply: pow2_ge_0.
have e k : (D k + - (c * t) * v k) ^ 2 = D k ^ 2 + (- (2 * (c * t)) * (D k * v k) + (c * t) ^ 2 * v k ^ 2) by ring.
move: sq; rewrite /norm2 (sum_eq (fun k _ => e k)) !sum_add !sum_scale -/(norm2 D) -/(norm2 v) -/(dot D v) => sq.
by apply: (Rmult_le_reg_l (2 * (c * t))); nra.
Qed.

(** The slope along v of softmax, paired with v. *)
Lemma along_slope lambda (z v : 'I_n -> R) :
  is_derive (fun t => dot (softmax lambda (fun k => z k + t * v k)) v) 0 (lambda * var lambda z v).
Proof.
have z0 k : z k + 0 * v k = z k by ring.
apply: is_derive_eq (line_slope lambda z v v 0) _; rewrite cov_self /var /mean.
by congr (_ * (_ - _ ^ 2)); apply: sum_eq => k _; rewrite (p_ext lambda k z0).
Qed.

Definition lipschitz lambda c := forall z w : 'I_n -> R,
  norm2 (fun k => softmax lambda z k - softmax lambda w k) <= c ^ 2 * norm2 (fun k => z k - w k).

(** A Lipschitz constant bounds the slope along every direction. *)
Lemma lipschitz_slope lambda c (z v : 'I_n -> R) : 0 < c -> lipschitz lambda c ->
  lambda * var lambda z v <= c * norm2 v.
Proof.
move=> c0 lip; pose zt t k := z k + t * v k; pose g t := dot (softmax lambda (zt t)) v.
refine (at_most (lim_quotient (along_slope lambda z v)) _); exists (mkposreal 1 Rlt_0_1) => t _ t0.
have ev : norm2 (fun k => zt t k - zt 0 k) = t ^ 2 * norm2 v.
  by rewrite /norm2 -sum_scale; apply: sum_eq => k _; rewrite /zt; ring.
have := lip (zt t) (zt 0); rewrite ev => /(lipschitz_dot c0 t0) le; apply: (Rmult_le_reg_r _ _ _ t0).
have -> : (g t - g 0) / t * t = g t - g 0 by field; apply: Rgt_not_eq t0.
by rewrite /g /dot -sum_sub; move: le; rewrite /dot (sum_eq (fun k _ => Rmult_minus_distr_r _ _ _)); lra.
Qed.

Context (ab : a != b).

Lemma across_sq k : across k ^ 2 = pair k.
Proof.
rewrite /across /pair /delta; case: (altP (a =P k)) => [<-|_]; last by case: eqP => _; ring.
by rewrite eq_sym (negbTE ab); ring.
Qed.

Lemma pair_a : pair a = 1. Proof. by rewrite /pair delta_refl delta_ne 1?eq_sym //; ring. Qed.
Lemma pair_b : pair b = 1. Proof. by rewrite /pair delta_refl delta_ne //; ring. Qed.

Lemma pair_01 k : pair k = 0 \/ pair k = 1.
Proof.
rewrite /pair /delta; case: (altP (a =P k)) => [<-|_]; last by case: eqP => _; [right | left]; ring.
by rewrite eq_sym (negbTE ab); right; ring.
Qed.

Lemma pair_max : vmax pair = 1.
Proof. by rewrite (vmax_eq (i := a)) ?pair_a // => k; case: (pair_01 k) => ->; lra. Qed.

Lemma sum_pair (q : 'I_n -> R) : \sum_(k < n) (q k * pair k) = q a + q b.
Proof.
have e k : q k * pair k = q k * delta a k + q k * delta b k by rewrite /pair; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_add !sum_deltar.
Qed.

Lemma winners_pair : winners pair = 2.
Proof.
have e k : (if pair k =? vmax pair then 1 else 0) = 1 * pair k.
  by rewrite pair_max; case: eqRP; case: (pair_01 k) => ->; lra.
by rewrite /winners /count (sum_eq (fun k _ => e k)) sum_pair; ring.
Qed.

Lemma var_across lambda (z : 'I_n -> R) : z a = z b -> var lambda z across = 2 * softmax lambda z a.
Proof.
move=> zab; have pab : softmax lambda z a = softmax lambda z b by rewrite /softmax zab.
rewrite /var (mean_eq _ _ across_sq) /mean sum_pair -pab.
have e k : softmax lambda z k * across k = softmax lambda z k * delta a k - softmax lambda z k * delta b k.
  by rewrite /across; ring.
by rewrite (sum_eq (fun k _ => e k)) sum_sub !sum_deltar -pab; ring.
Qed.

Lemma norm_across : norm2 across = 2.
Proof.
have e k : across k ^ 2 = 1 * pair k by rewrite across_sq; ring.
by rewrite /norm2 (sum_eq (fun k _ => e k)) sum_pair; ring.
Qed.

Theorem lipschitz_sharp lambda c : 0 < lambda -> 0 < c -> lipschitz lambda c -> lambda / 2 <= c.
Proof.
move=> l0 c0 lip; have key l : lambda * softmax l pair a <= c.
  have := lipschitz_slope (fun k => l / lambda * pair k) across c0 lip.
  rewrite norm_across var_across ?pair_a ?pair_b //; rewrite (_ : softmax lambda _ a = softmax l pair a); first lra.
  have e k : lambda * (l / lambda * pair k) = l * pair k by field; lra.
  by rewrite /softmax /partition e (sum_eq (fun k _ => f_equal exp (e k))).
refine (at_most (lim_eq (lim_mul (lim_const lambda) (@lim_p n pair a)) _) (filter_forall _ key)).
by rewrite winners_pair winner_max ?pair_max ?pair_a //; field.
Qed.

End Sharp.
