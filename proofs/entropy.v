(** Entropy and divergence: Kullback and Leibler's inequality, the Gibbs principle, the maximum entropy.

      simplex q            q_k >= 0 for every k, and sum_k q_k = 1
      kl_ge0, kl_eq0_iff   KL(q || r) >= 0, with equality just at q = r      (r positive)
      gibbs_principle      lambda <z>_q + H(q) <= log Z for every q of the simplex ...
      gibbs_unique         ... with equality just at q = p: softmax is the only maximiser
      entropy_bounds       0 <= H(q) <= log n, with equality on the right just at the uniform distribution *)

From Softmax Require Export temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma ln_le_sub1 x : 0 < x -> ln x <= x - 1.
Proof. by move=> h; have := exp_ineq1_le (ln x); rewrite exp_ln //; lra. Qed.

Lemma ln_lt_sub1 x : 0 < x -> x <> 1 -> ln x < x - 1.
Proof.
move=> h ne; have := @exp_ineq1 (ln x); rewrite exp_ln // => e.
suff : 1 + ln x < x by lra.
by apply: e => l0; apply: ne; rewrite -(exp_ln _ h) l0 exp_0.
Qed.

Section Divergence.
Variable n : nat.
Implicit Types (lambda : R) (z q r : 'I_n -> R) (i j k : 'I_n).

Definition simplex q := (forall k, 0 <= q k) /\ \sum_(k < n) q k = 1.

Lemma simplex_p lambda z : (0 < n)%N -> simplex (softmax lambda z).
Proof. by split=> [k|]; [apply: Rlt_le (p_gt0 _ _ _) | apply: p_sum1]. Qed.

(** One term: q log (q/r) >= q - r, with equality just at q = r. *)
Lemma kl_term (q r : R) : 0 <= q -> 0 < r -> q - r <= q * ln (q / r).
Proof.
move=> [q0|<-] r0; last by lra.
have := ln_le_sub1 (Rdiv_lt_0_compat _ _ r0 q0); rewrite !ln_div // => h.
have e : q * (r / q) = r by field; lra.
by nra.
Qed.

Lemma kl_term_eq (q r : R) : 0 <= q -> 0 < r -> q * ln (q / r) = q - r -> q = r.
Proof.
move=> [q0|<-] r0; last by lra.
rewrite ln_div // => h; case: (Req_dec (r / q) 1) => [e|/(ln_lt_sub1 (Rdiv_lt_0_compat _ _ r0 q0))].
  by have : r = r / q * q; [field; lra | rewrite e; lra].
rewrite ln_div // => lt; have e : q * (r / q) = r by field; lra.
by nra.
Qed.

Lemma kl_excess q r : simplex q -> \sum_(k < n) r k = 1 ->
  kl q r = \sum_(k < n) (q k * ln (q k / r k) - (q k - r k)).
Proof. by move=> [_ q1] r1; rewrite !sum_sub q1 r1 /kl; lra. Qed.

Theorem kl_ge0 q r : simplex q -> (forall k, 0 < r k) -> \sum_(k < n) r k = 1 -> 0 <= kl q r.
Proof.
move=> hq r0 r1; rewrite kl_excess //; apply: sum_ge0 => k _.
have := kl_term (hq.1 k) (r0 k); lra.
Qed.

Theorem kl_eq0_iff q r : simplex q -> (forall k, 0 < r k) -> \sum_(k < n) r k = 1 -> kl q r = 0 <-> q =1 r.
Proof.
move=> hq r0 r1; split=> [|e]; last first.
  apply: big1 => k _; rewrite (e k) /Rdiv Rinv_r ?ln_1; first by ring.
  exact: Rgt_not_eq (r0 k).
rewrite kl_excess // => h k; apply: kl_term_eq (hq.1 k) (r0 k) _.
suff : q k * ln (q k / r k) - (q k - r k) = 0 by lra.
apply: (@sum_eq0 n (fun k => q k * ln (q k / r k) - (q k - r k))) h k => l.
by have := kl_term (hq.1 l) (r0 l); lra.
Qed.

Lemma kl_softmax q lambda z : simplex q -> (0 < n)%N ->
  kl q (softmax lambda z) = ln (partition lambda z) - (lambda * (\sum_(k < n) (q k * z k)) + entropy q).
Proof.
move=> [q0 q1] h; rewrite /kl /entropy.
have e k : q k * ln (q k / softmax lambda z k)
    = q k * ln (q k) - lambda * (q k * z k) + ln (partition lambda z) * q k.
  case: (q0 k) => [qk|<-]; last by ring.
  by rewrite ln_div ?ln_p //; [ring | apply: p_gt0].
by rewrite (sum_eq (fun k _ => e k)) sum_add sum_sub !sum_scale q1; ring.
Qed.

Theorem gibbs_principle q lambda z : simplex q -> (0 < n)%N ->
  lambda * (\sum_(k < n) (q k * z k)) + entropy q <= ln (partition lambda z).
Proof.
move=> hq h; have := kl_ge0 hq (fun k => p_gt0 lambda z k) (p_sum1 lambda z h).
by rewrite kl_softmax //; lra.
Qed.

Theorem gibbs_unique q lambda z : simplex q -> (0 < n)%N ->
  lambda * (\sum_(k < n) (q k * z k)) + entropy q = ln (partition lambda z) <-> q =1 softmax lambda z.
Proof.
move=> hq h; rewrite -(kl_eq0_iff hq (fun k => p_gt0 lambda z k) (p_sum1 lambda z h)) kl_softmax //.
by split; lra.
Qed.

(** The uniform distribution is softmax at the inverse temperature 0. *)
Lemma p_uniform z i : softmax 0 z i = 1 / INR n.
Proof.
rewrite /softmax /partition (sum_eq (fun k _ => f_equal exp (Rmult_0_l (z k)))) Rmult_0_l exp_0 sum_const.
by rewrite Rmult_1_r.
Qed.

Lemma partition_uniform z : partition 0 z = INR n.
Proof. by rewrite /partition (sum_eq (fun k _ => f_equal exp (Rmult_0_l (z k)))) exp_0 sum_const Rmult_1_r. Qed.

Theorem entropy_le q : simplex q -> (0 < n)%N -> entropy q <= ln (INR n).
Proof. by move=> hq h; have := gibbs_principle 0 (fun _ => 0) hq h; rewrite partition_uniform; lra. Qed.

Theorem entropy_max_iff q : simplex q -> (0 < n)%N -> entropy q = ln (INR n) <-> forall k, q k = 1 / INR n.
Proof.
move=> hq h; have := gibbs_unique 0 (fun _ => 0) hq h; rewrite partition_uniform Rmult_0_l Rplus_0_l => e.
by rewrite e; split=> hk k; rewrite hk p_uniform.
Qed.

Theorem entropy_ge0 q : simplex q -> 0 <= entropy q.
Proof.
move=> [q0 q1]; rewrite /entropy -sum_opp; apply: sum_ge0 => k _.
have le1 : q k <= 1 by rewrite -q1; apply: (@sum_ge_term n xpredT).
case: (q0 k) => [qk|<-]; last by lra.
by have := ln_le_sub1 qk; nra.
Qed.

Theorem entropy_bounds lambda z : (0 < n)%N -> 0 <= entropy (softmax lambda z) <= ln (INR n).
Proof. by move=> h; split; [apply: entropy_ge0 | apply: entropy_le] => //; apply: simplex_p. Qed.

End Divergence.
