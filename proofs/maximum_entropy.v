(** Maximum entropy: of all distributions with the mean of the logits that softmax has, softmax has the largest entropy.

      max_entropy_at_mean           sum_k q_k z_k = <z> gives H(q) <= H(p), for every real lambda ...
      max_entropy_at_mean_unique    ... with equality just at q = p
      entropy_gap_at_mean           H(p) - H(q) = KL(q || p)
      mean_onto                     every mean strictly between min z and max z is that of softmax, at some lambda ...
      mean_inj                      ... and at one lambda only, unless all logits are equal *)

From Softmax Require Export zero_temperature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section MaximumEntropy.
Variable n : nat.
Implicit Types (lambda c : R) (z q : 'I_n -> R) (i j k : 'I_n).

Theorem entropy_gap_at_mean q lambda z : simplex q -> (0 < n)%N -> \sum_(k < n) (q k * z k) = mean lambda z z ->
  entropy (softmax lambda z) - entropy q = kl q (softmax lambda z).
Proof. by move=> hq h m; rewrite kl_softmax // m entropy_softmax //; ring. Qed.

Theorem max_entropy_at_mean q lambda z : simplex q -> (0 < n)%N -> \sum_(k < n) (q k * z k) = mean lambda z z ->
  entropy q <= entropy (softmax lambda z).
Proof.
move=> hq h m; have := kl_ge0 hq (fun k => p_gt0 lambda z k) (p_sum1 lambda z h).
by rewrite -entropy_gap_at_mean //; lra.
Qed.

Theorem max_entropy_at_mean_unique q lambda z : simplex q -> (0 < n)%N ->
  \sum_(k < n) (q k * z k) = mean lambda z z -> entropy q = entropy (softmax lambda z) <-> q =1 softmax lambda z.
Proof.
move=> hq h m; rewrite -(kl_eq0_iff hq (fun k => p_gt0 lambda z k) (p_sum1 lambda z h)) -entropy_gap_at_mean //.
by split; lra.
Qed.

(** The mean rises with lambda, from min z to max z. *)
Lemma mean_mirror lambda z : mean lambda z z = - mean (- lambda) (fun k => - z k) (fun k => - z k).
Proof.
rewrite -sum_opp; apply: sum_eq => k _; rewrite /softmax /partition.
have e l : - lambda * - z l = lambda * z l by ring.
by rewrite e (sum_eq (fun l _ => f_equal exp (e l))); ring.
Qed.

Lemma lim_mean_left z : (0 < n)%N -> filterlim (fun l => mean l z z) (Rbar_locally m_infty) (locally (vmin z)).
Proof.
move=> /lim_mean-/(_ (fun k => - z k)) h; refine (lim_ext (fun l => esym (mean_mirror l z)) (lim_opp _)).
exact: filterlim_comp (filterlim_Rbar_opp m_infty) h.
Qed.

Theorem mean_onto z c : (0 < n)%N -> vmin z < c < vmax z -> exists lambda, mean lambda z z = c.
Proof.
move=> h between; have cont l : continuity_pt (fun l => mean l z z) l.
  exact/continuity_pt_filterlim/(derive_continuous (mean_slope_var l z)).
have := IVT_Rbar_incr (fun l => mean l z z) m_infty p_infty (vmin z) (vmax z) c (lim_mean_left h) (lim_mean h).
by case=> [l _ _|||l [_ [_ e]]] //; exists l.
Qed.

Theorem mean_inj z (a b : R) : (0 < n)%N -> (exists k l, z k <> z l) -> mean a z z = mean b z z -> a = b.
Proof.
move=> h differ e; have cont l : continuity_pt (fun l => mean l z z) l.
  exact/continuity_pt_filterlim/(derive_continuous (mean_slope_var l z)).
have [l [_ d]] := MVT_gen _ a b _ (fun l _ => mean_slope_var l z) (fun l _ => cont l).
have v0 : 0 < var l z z by apply/mean_slope_gt0_iff.
have : var l z z * (b - a) = 0 by rewrite -d e; ring.
by move=> /Rmult_integral []; lra.
Qed.

End MaximumEntropy.
