(** Online softmax: exponentials of large logits never stand alone, and parts merge exactly.

    A part P of the classes is summed up by a triple (m, d, o): a reference m, the sum d of e^{lambda (z_k - m)} over P,
    and the sum o of e^{lambda (z_k - m)} v_k. All exponents are at most 0 if m is the largest logit of P.

      summary lambda z v P m     the triple of P with the reference m
      change lambda s m          the same part with another reference: d and o times e^{lambda (m_s - m)}
      merge lambda s t           the larger of the references, and the sums of what is changed to it
      online_change              a changed triple is the triple with the new reference
      online_merge               the merge of the triples of P and Q is the triple of both, if no class is in P and Q
      online_merge_max           its reference is the largest logit of both, if those of P and Q are
      online_step                a class more: merge with (z_k, 1, v_k)
      merge_comm, merge_assoc    in any order, and in any tree
      online_softmax             of all classes: p_i = e^{lambda (z_i - m)}/d, <v> = o/d, log Z = lambda m + ln d *)

From Softmax Require Export logsumexp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Triple.
Variable lambda : R.

Definition change (s : R * R * R) (m : R) : R * R * R :=
  let: (m0, d, o) := s in (m, exp (lambda * (m0 - m)) * d, exp (lambda * (m0 - m)) * o).

Definition merge (s t : R * R * R) : R * R * R :=
  let m := Rmax s.1.1 t.1.1 in
  (m, (change s m).1.2 + (change t m).1.2, (change s m).2 + (change t m).2).

Theorem merge_comm s t : merge s t = merge t s.
Proof. by rewrite /merge Rmax_comm; congr (_, _, _); ring. Qed.

Lemma exp_step (a b c x : R) : exp (lambda * (b - c)) * (exp (lambda * (a - b)) * x) = exp (lambda * (a - c)) * x.
Proof. by rewrite -Rmult_assoc -exp_plus; congr (exp _ * _); ring. Qed.

Lemma exp_steps (a a' b c x y : R) :
  exp (lambda * (b - c)) * (exp (lambda * (a - b)) * x + exp (lambda * (a' - b)) * y)
  = exp (lambda * (a - c)) * x + exp (lambda * (a' - c)) * y.
Proof. by rewrite Rmult_plus_distr_l !exp_step. Qed.

Theorem merge_assoc s t u : merge s (merge t u) = merge (merge s t) u.
Proof.
case: s t u => [[m d] o] [[m' d'] o'] [[m'' d''] o'']; rewrite /merge /=.
by rewrite !exp_steps !Rmax_assoc; congr (_, _, _); ring.
Qed.

End Triple.

Section Online.
Variable n : nat.
Implicit Types (lambda : R) (z v : 'I_n -> R) (P Q : pred 'I_n) (i k : 'I_n).

Definition summary lambda z v P m : R * R * R :=
  (m, \sum_(k < n | P k) exp (lambda * (z k - m)), \sum_(k < n | P k) (exp (lambda * (z k - m)) * v k)).

Theorem online_change lambda z v P (m m' : R) : change lambda (summary lambda z v P m) m' = summary lambda z v P m'.
Proof.
rewrite /change /summary -!sum_scale; congr (_, _, _); apply: sum_eq => k _; last exact: exp_step.
by rewrite -exp_plus; congr exp; ring.
Qed.

Lemma sum_both P Q (f : 'I_n -> R) : (forall k, ~~ (P k && Q k)) ->
  \sum_(k < n | P k) f k + \sum_(k < n | Q k) f k = \sum_(k < n | P k || Q k) f k.
Proof.
move=> apart; rewrite (sum_cond P) (sum_cond Q) (sum_cond (fun k => P k || Q k)) -sum_add; apply: sum_eq => k _.
by move: (apart k); case: (P k); case: (Q k) => //= _; ring.
Qed.

Theorem online_merge lambda z v P Q (m m' : R) : (forall k, ~~ (P k && Q k)) ->
  merge lambda (summary lambda z v P m) (summary lambda z v Q m')
  = summary lambda z v (fun k => P k || Q k) (Rmax m m').
Proof. by move=> apart; rewrite /merge !online_change /summary /= !sum_both. Qed.

Lemma vmax_on_ge P z k : P k -> z k <= vmax_on P z.
Proof.
move=> Pk; rewrite /vmax_on; case: pickP => [k0 _|/(_ k)]; last by rewrite Pk.
rewrite unlock; have: k \in index_enum _ by exact: mem_index_enum.
elim: (index_enum _) => //= l r IH; rewrite inE => /orP [/eqP <-|/IH h]; first by rewrite Pk; apply: Rmax_l.
by case: (P l) => //; apply: Rle_trans h (Rmax_r _ _).
Qed.

Lemma vmax_on_attained P z i : P i -> exists k, P k /\ vmax_on P z = z k.
Proof.
move=> Pi; rewrite /vmax_on; case: pickP => [k0 P0|/(_ i)]; last by rewrite Pi.
elim/big_ind: _ => [|x y [k [Pk ->]] [l [Pl ->]]|k Pk]; [by exists k0 | | by exists k].
by rewrite /Rmax; case: Rle_dec => _; [exists l | exists k].
Qed.

Theorem online_merge_max z P Q i j : P i -> Q j ->
  Rmax (vmax_on P z) (vmax_on Q z) = vmax_on (fun k => P k || Q k) z.
Proof.
move=> Pi Qj; have [k [Pk ek]] := vmax_on_attained z Pi; have [l [Ql el]] := vmax_on_attained z Qj.
have Bi : P i || Q i by rewrite Pi.
have [m [Bm em]] := @vmax_on_attained (fun k => P k || Q k) z i Bi; apply: Rle_antisym.
  by apply: Rmax_lub; [rewrite ek | rewrite el]; apply: (@vmax_on_ge (fun k => P k || Q k)); rewrite ?Pk ?Ql ?orbT.
rewrite em; case/orP: Bm => [/(vmax_on_ge z) h|/(vmax_on_ge z) h]; first exact: Rle_trans h (Rmax_l _ _).
exact: Rle_trans h (Rmax_r _ _).
Qed.

Theorem online_step lambda z v P i (m : R) : ~~ P i -> merge lambda (summary lambda z v P m) (z i, 1, v i)
  = summary lambda z v (fun k => P k || (k == i)) (Rmax m (z i)).
Proof.
move=> Pi; rewrite -online_merge => [|k]; last by case: eqP => [->|_]; rewrite ?(negbTE Pi) ?andbF.
congr (merge _ _); rewrite /summary !big_pred1_eq Rminus_eq_0 Rmult_0_r exp_0; congr (_, _, _); ring.
Qed.

Lemma mean_quotient lambda z v : mean lambda z v = (\sum_(k < n) (exp (lambda * z k) * v k)) / partition lambda z.
Proof. by rewrite /mean /Rdiv -sum_scaler; apply: sum_eq => k _; rewrite /softmax /Rdiv; ring. Qed.

Theorem online_softmax lambda z v (m : R) : (0 < n)%N -> let: (m, d, o) := summary lambda z v xpredT m in
  (forall i, exp (lambda * (z i - m)) / d = softmax lambda z i) /\ o / d = mean lambda z v /\
  lambda * m + ln d = ln (partition lambda z).
Proof.
move=> /class0 i0; have e k : exp (lambda * (z k - m)) = exp (- (lambda * m)) * exp (lambda * z k).
  by rewrite -exp_plus; congr exp; ring.
have Z0 := partition_gt0 lambda z i0; have m0 := exp_pos (- (lambda * m)).
rewrite /= (sum_eq (fun k _ => e k)) sum_scale -/(partition lambda z); split=> [i|].
  by rewrite e /softmax; field; lra.
split; last by rewrite ln_mult // ln_exp; ring.
have ev k : exp (lambda * (z k - m)) * v k = exp (- (lambda * m)) * (exp (lambda * z k) * v k) by rewrite e; ring.
by rewrite (sum_eq (fun k _ => ev k)) sum_scale mean_quotient; set S := BigOp.bigop _ _ _; field; lra.
Qed.

End Online.
