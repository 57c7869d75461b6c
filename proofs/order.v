(** Certificates of inequalities. What [certify] is for equalities, [line] is for <, <=, >, >= and <>, once it is told
    an expression that the sides differ by and that visibly has a sign.

      start            the letters and hypotheses of a claim, and the derivatives that it says exist
      line e           larger - smaller = e by [certify], and e has the sign that the relation wants by [sign]
      absurd e         0 = e by [certify], and e is positive, or negative, by [sign]: no point satisfies the hypotheses
      either p         the cases p and not p, where p compares two numbers or two classes, or says that k is in A
      attained m e     m is a class where the largest or smallest value e is attained
      member m A       m is a class of the set A
      classes A P      A is the set of the classes k with P k, where P compares two numbers: as many as are counted
      compare_exp, compare_ln, compare_square
                       a relation between two numbers follows from one between their exponentials, logarithms, squares
      compare_whole    x <= y follows from x < y + 1, for whole numbers
      taylor m t h a b h(b) - h(a) - ..., m terms of Taylor's polynomial, is what the sides differ by
      alike g          near the point the function that is differentiated is g; for every value of what moves
      vanish s         each term of the sum s is 0: none is negative, and the sum is not positive

    How [sign] shows 0 <= e, 0 < e, e <= 0, e < 0 or e <> 0: by the outermost operation of e, each part likewise. A
    difference is looked at as it stands first: x - 1 - ln x, e^x - 1 - x and the like are never negative, e^x - e^y
    has the sign of x - y, and a hypothesis may say it.

    None of this is trusted: Coq checks the proofs that it finds. *)

From Softmax Require Export certificate.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Relations from the difference of the sides *)

Section Lines.
Implicit Types (a b e : R).

Lemma le_line e a b : b - a = e -> 0 <= e -> a <= b. Proof. by move=> h; lra. Qed.
Lemma lt_line e a b : b - a = e -> 0 < e -> a < b. Proof. by move=> h; lra. Qed.
Lemma ge_line e a b : a - b = e -> 0 <= e -> a >= b. Proof. by move=> h; lra. Qed.
Lemma gt_line e a b : a - b = e -> 0 < e -> a > b. Proof. by move=> h; lra. Qed.
Lemma ge_fact a b e : a >= b -> a - b = e -> 0 <= e. Proof. by lra. Qed.
Lemma ne_line e a b : a - b = e -> e <> 0 -> a <> b. Proof. by move=> h h'; lra. Qed.
Lemma eq_line e a b : a - b = e -> e = 0 -> a = b. Proof. by move=> h; lra. Qed.

End Lines.

(** * Signs *)

Section Signs.
Implicit Types (x y u v c d : R).

Lemma le_sub x y : x <= y -> 0 <= y - x. Proof. by lra. Qed.
Lemma nonpos_opp x : 0 <= x -> - x <= 0. Proof. by lra. Qed.
Lemma neg_opp x : 0 < x -> - x < 0. Proof. by lra. Qed.
Lemma nonneg_opp x : x <= 0 -> 0 <= - x. Proof. by lra. Qed.
Lemma pos_opp x : x < 0 -> 0 < - x. Proof. by lra. Qed.
Lemma apart_opp x : x <> 0 -> - x <> 0. Proof. by lra. Qed.
Lemma nonneg_sub x y : 0 <= x -> y <= 0 -> 0 <= x - y. Proof. by lra. Qed.
Lemma pos_sub x y : 0 < x -> y <= 0 -> 0 < x - y. Proof. by lra. Qed.
Lemma pos_sub_strict x y : 0 <= x -> y < 0 -> 0 < x - y. Proof. by lra. Qed.
Lemma nonpos_sub x y : 0 <= y - x -> x - y <= 0. Proof. by lra. Qed.
Lemma neg_sub x y : 0 < y - x -> x - y < 0. Proof. by lra. Qed.
Lemma nonpos_add x y : x <= 0 -> y <= 0 -> x + y <= 0. Proof. by lra. Qed.
Lemma neg_add x y : x < 0 -> y <= 0 -> x + y < 0. Proof. by lra. Qed.
Lemma neg_add_strict x y : x <= 0 -> y < 0 -> x + y < 0. Proof. by lra. Qed.

Lemma nonneg_mul_neg x y : x <= 0 -> y <= 0 -> 0 <= x * y. Proof. by move=> *; nra. Qed.
Lemma pos_mul_neg x y : x < 0 -> y < 0 -> 0 < x * y. Proof. by move=> *; nra. Qed.
Lemma nonpos_mul x y : 0 <= x -> y <= 0 -> x * y <= 0. Proof. by move=> *; nra. Qed.
Lemma nonpos_mul_neg x y : x <= 0 -> 0 <= y -> x * y <= 0. Proof. by move=> *; nra. Qed.
Lemma neg_mul x y : 0 < x -> y < 0 -> x * y < 0. Proof. by move=> *; nra. Qed.
Lemma neg_mul_neg x y : x < 0 -> 0 < y -> x * y < 0. Proof. by move=> *; nra. Qed.

Lemma le_reg_neg c x y : c < 0 -> c * x <= c * y -> y <= x. Proof. by move=> *; nra. Qed.
Lemma lt_reg_neg c x y : c < 0 -> c * x < c * y -> y < x. Proof. by move=> *; nra. Qed.

Lemma nonneg_invs x y : 0 < x -> 0 <= y - x -> 0 <= / x - / y.
Proof. by move=> h h'; have := @Rinv_le_contravar x y h; lra. Qed.

Lemma pos_invs x y : 0 < x -> 0 < y - x -> 0 < / x - / y.
Proof. by move=> h h'; have := @Rinv_lt_contravar x y; nra. Qed.

Lemma sub_over c x y : 0 < c -> x - y * / c = (x * c - y) * / c. Proof. by move=> h; field; lra. Qed.
Lemma over_sub c x y : 0 < c -> x * / c - y = (x - y * c) * / c. Proof. by move=> h; field; lra. Qed.

Lemma nonneg_inv x : 0 <= x -> 0 <= / x.
Proof. by case=> [/Rinv_0_lt_compat|<-]; [lra | rewrite Rinv_0; lra]. Qed.

Lemma nonpos_inv x : x <= 0 -> / x <= 0.
Proof. by move=> h; have := @nonneg_inv (- x); rewrite Rinv_opp; lra. Qed.

Lemma neg_inv x : x < 0 -> / x < 0.
Proof. exact: Rinv_lt_0_compat. Qed.

Lemma apart_inv x : x <> 0 -> / x <> 0. Proof. exact: Rinv_neq_0_compat. Qed.
Lemma apart_mul x y : x <> 0 -> y <> 0 -> x * y <> 0. Proof. by move=> *; apply: Rmult_integral_contrapositive. Qed.
Lemma apart_pow x (m : nat) : x <> 0 -> x ^ m <> 0. Proof. exact: pow_nonzero. Qed.
Lemma apart_pos x : 0 < x -> x <> 0. Proof. by lra. Qed.
Lemma apart_neg x : x < 0 -> x <> 0. Proof. by lra. Qed.

Lemma nonneg_even x (m : nat) : 0 <= x ^ (2 * m).
Proof. by rewrite pow_mult; apply: pow_le; apply: pow2_ge_0. Qed.

Lemma pos_even x (m : nat) : x <> 0 -> 0 < x ^ (2 * m).
Proof. by move=> h; rewrite pow_mult; apply: pow_lt; rewrite -Rsqr_pow2; apply: Rlt_0_sqr. Qed.

Lemma nonpos_odd x (m : nat) : x <= 0 -> x ^ (2 * m).+1 <= 0.
Proof. by move=> h; have := nonneg_even x m; rewrite /=; nra. Qed.

Lemma neg_odd x (m : nat) : x < 0 -> x ^ (2 * m).+1 < 0.
Proof. by move=> h; have := @pos_even x m; rewrite /=; nra. Qed.

Lemma pos_square x : x <> 0 -> 0 < x * x. Proof. exact: Rlt_0_sqr. Qed.

(** Differences of exponentials and of logarithms. *)

Lemma exp_le x y : x <= y -> exp x <= exp y.
Proof. by case=> [/exp_increasing|->]; lra. Qed.

Lemma nonneg_exp x y : 0 <= x - y -> 0 <= exp x - exp y.
Proof. by move=> h; have := @exp_le y x; lra. Qed.

Lemma pos_exp x y : 0 < x - y -> 0 < exp x - exp y.
Proof. by move=> h; have := @exp_increasing y x; lra. Qed.

Lemma apart_exp x y : x - y <> 0 -> exp x - exp y <> 0.
Proof. by move=> h e; apply: h; rewrite (@exp_inv x y); lra. Qed.

Lemma nonneg_exp1 x : 0 <= x -> 0 <= exp x - 1.
Proof. by move=> h; have := @nonneg_exp x 0; rewrite exp_0; lra. Qed.

Lemma pos_exp1 x : 0 < x -> 0 < exp x - 1.
Proof. by move=> h; have := @pos_exp x 0; rewrite exp_0; lra. Qed.

Lemma nonneg_1exp x : x <= 0 -> 0 <= 1 - exp x.
Proof. by move=> h; have := @nonneg_exp 0 x; rewrite exp_0; lra. Qed.

Lemma pos_1exp x : x < 0 -> 0 < 1 - exp x.
Proof. by move=> h; have := @pos_exp 0 x; rewrite exp_0; lra. Qed.

Lemma nonneg_lns x y : 0 < y -> 0 <= x - y -> 0 <= ln x - ln y.
Proof. by move=> h h'; have := @ln_le y x h; lra. Qed.

Lemma pos_lns x y : 0 < y -> 0 < x - y -> 0 < ln x - ln y.
Proof. by move=> h h'; have := @ln_increasing y x h; lra. Qed.

Lemma nonneg_ln x : 0 <= x - 1 -> 0 <= ln x.
Proof. by move=> h; rewrite -ln_1; apply: ln_le; lra. Qed.

Lemma pos_ln x : 0 < x - 1 -> 0 < ln x.
Proof. by move=> h; rewrite -ln_1; apply: ln_increasing; lra. Qed.

Lemma nonpos_ln x : 0 < x -> 0 <= 1 - x -> ln x <= 0.
Proof. by move=> h h'; rewrite -ln_1; apply: ln_le; lra. Qed.

Lemma neg_ln x : 0 < x -> 0 < 1 - x -> ln x < 0.
Proof. by move=> h h'; rewrite -ln_1; apply: ln_increasing; lra. Qed.

(** Gaps. *)

Lemma ln_gap x : 0 < x -> 0 <= x - 1 - ln x.
Proof. by move=> h; have := exp_ineq1_le (ln x); rewrite exp_ln //; lra. Qed.

Lemma ln_gap_strict x : 0 < x -> x <> 1 -> 0 < x - 1 - ln x.
Proof.
move=> h h'; have n0 : ln x <> 0 by [move=> e; apply: h'; rewrite -(exp_ln x h) e exp_0].
by have := exp_ineq1 (ln x) n0; rewrite exp_ln //; lra.
Qed.

Lemma ln_gap_inv x : 0 < x -> 0 <= ln x - 1 + / x.
Proof. by move=> h; have := @ln_gap (/ x) (Rinv_0_lt_compat _ h); rewrite ln_Rinv //; lra. Qed.

Lemma exp_gap x : 0 <= exp x - 1 - x.
Proof. by have := exp_ineq1_le x; lra. Qed.

Lemma exp_gap_strict x : x <> 0 -> 0 < exp x - 1 - x.
Proof. by move=> /exp_ineq1; lra. Qed.

Lemma abs_ge x : x <= Rabs x. Proof. exact: Rle_abs. Qed.
Lemma abs_le x : - Rabs x <= x. Proof. by have := Rle_abs (- x); rewrite Rabs_Ropp; lra. Qed.

Lemma nonneg_ind (b : bool) : 0 <= iverson b. Proof. by case: b; rewrite /iverson; lra. Qed.

Lemma rpower_gt0 x y : 0 < Rpower x y.
Proof. exact: exp_pos. Qed.

End Signs.

Section Classes.
Variable n : nat.
Implicit Types (i j k l : 'I_n) (P : pred 'I_n) (f g z w q : 'I_n -> R) (A : {set 'I_n}) (c d : R).

Lemma class_in_any P : (exists k, P k) -> (0 < n)%N.
Proof. by case=> k _; apply: class_some k. Qed.

Lemma INR_ge (m : nat) : (m <= n)%N -> IZR (Z.of_nat m) <= INR n.
Proof. by move=> h; rewrite -INR_IZR_INZ; apply: le_INR; apply/leP. Qed.

Lemma INR_lt (m : nat) : (n < m)%N -> INR n + 1 <= IZR (Z.of_nat m).
Proof. by move=> h; rewrite -INR_IZR_INZ -S_INR; apply: le_INR; apply/leP. Qed.

Lemma INR_ge1 : (0 < n)%N -> 1 <= INR n.
Proof. exact: INR_ge. Qed.

Lemma INR_ge2 i j : i != j -> 2 <= INR n.
Proof.
move=> h; apply: (@INR_ge 2); have := subset_leq_card (subsetT [set i; j]).
by rewrite cards2 h cardsT card_ord.
Qed.

(** Softmax *)

Lemma softmax_sub c z i j :
  softmax c z i - softmax c z j = (exp (c * z i) - exp (c * z j)) / partition c z.
Proof. by rewrite /softmax /Rdiv; ring. Qed.

Lemma softmax_mul_sub c z d w i j k l :
  softmax c z i * softmax d w j - softmax c z k * softmax d w l
  = (exp (c * z i + d * w j) - exp (c * z k + d * w l)) / (partition c z * partition d w).
Proof. by rewrite /softmax !exp_plus /Rdiv Rinv_mult; ring. Qed.

Lemma pos_rest c z P i : ~~ P i -> 0 < 1 - \sum_(k < n | P k) softmax c z k.
Proof.
move=> h; suff: softmax c z i + \sum_(k < n | P k) softmax c z k <= 1 by have := p_gt0 c z i; lra.
rewrite -(p_sum1_at c z i) [X in _ <= X](sum_split i); apply: Rplus_le_compat_l.
rewrite [X in X <= _]sum_cond [X in _ <= X]sum_cond; apply: sum_le => k _; case: ifP => hk.
  by case: ifP => [_|/negbFE/eqP e]; [lra | rewrite -e hk in h].
by case: ifP => _; [apply: Rlt_le; apply: p_gt0 | lra].
Qed.

Lemma entropy_gap q : (forall k, 0 <= q k) -> 0 <= entropy q + \sum_(k < n) (q k * (q k - 1)).
Proof.
move=> h; rewrite /entropy -sum_opp -sum_add; apply: sum_ge0 => k _.
by case: (h k) => [q0|<-]; [have := ln_gap q0; nra | lra].
Qed.

Lemma nonneg_entropy q : (forall k, 0 <= q k) -> (forall k, 0 <= 1 - q k) -> 0 <= entropy q.
Proof.
move=> h h1; rewrite /entropy -sum_opp; apply: sum_ge0 => k _.
by case: (h k) => [q0|<-]; [have := nonpos_ln q0 (h1 k); nra | lra].
Qed.

(** Sums and products *)

Lemma nonpos_sum P f : (forall k, P k -> f k <= 0) -> \sum_(k < n | P k) f k <= 0.
Proof. by move=> h; elim/big_ind: _ => //; [lra | move=> x y; lra]. Qed.

Lemma pos_sum P f i : P i -> 0 < f i -> (forall k, P k -> 0 <= f k) -> 0 < \sum_(k < n | P k) f k.
Proof. by move=> pi fi h; apply: Rlt_le_trans fi _; apply: sum_ge_term. Qed.

Lemma neg_sum P f i : P i -> f i < 0 -> (forall k, P k -> f k <= 0) -> \sum_(k < n | P k) f k < 0.
Proof.
move=> pi fi h; suff: 0 < \sum_(k < n | P k) - f k by rewrite sum_opp; lra.
by apply: pos_sum pi _ _ => [|k /h]; lra.
Qed.

Lemma pos_prod P f : (forall k, P k -> 0 < f k) -> 0 < \prod_(k < n | P k) f k.
Proof. by move=> h; elim/big_ind: _ => //; [lra | move=> x y; apply: Rmult_lt_0_compat]. Qed.

Lemma nonneg_prod P f : (forall k, P k -> 0 <= f k) -> 0 <= \prod_(k < n | P k) f k.
Proof. by move=> h; elim/big_ind: _ => //; [lra | move=> x y; apply: Rmult_le_pos]. Qed.

(** A class that is not i, and one that is neither i nor j. *)

Lemma another i : (1 < n)%N -> exists k, k != i.
Proof.
move=> h; pose a : 'I_n := Ordinal (ltnW h); pose b : 'I_n := Ordinal h.
by case: (altP (a =P i)) => [<-|]; [exists b | exists a].
Qed.

Lemma a_third i j : (2 < n)%N -> exists k, (k != i) && (k != j).
Proof.
move=> h; apply/existsP; apply: contraLR h; rewrite negb_exists => /forallP all; rewrite -leqNgt.
have few : (#|[set i; j]| <= 2)%N by rewrite cards2; case: (i != j).
rewrite -[n in (n <= _)%N]card_ord; apply: leq_trans few; rewrite -cardsT; apply: subset_leq_card.
by apply/subsetP => k _; have := all k; rewrite !inE negb_and !negbK.
Qed.

(** Largest and smallest values, also over some of the classes. *)

Lemma vmin_le z k : vmin z <= z k.
Proof. by rewrite /vmin; have := vmax_ge (fun k => - z k) k; lra. Qed.

Lemma vmin_attained z : (0 < n)%N -> exists k, vmin z = z k.
Proof. by move=> /(vmax_attained (fun k => - z k)) [k e]; exists k; rewrite /vmin e; ring. Qed.

Lemma vmax_on_ge P z k : P k -> z k <= vmax_on P z.
Proof.
rewrite /vmax_on => hk; case: pickP => [k0 _|/(_ k)]; last by rewrite hk.
rewrite unlock; have: k \in index_enum _ by exact: mem_index_enum.
elim: (index_enum _) => //= l r IH; rewrite inE => /orP [/eqP <-|/IH h]; first by rewrite hk; apply: Rmax_l.
by case: ifP => _ //; apply: Rle_trans h (Rmax_r _ _).
Qed.

Lemma vmax_on_attained P z : (exists k, P k) -> exists k, P k /\ vmax_on P z = z k.
Proof.
case=> i hi; rewrite /vmax_on; case: pickP => [k0 h0|/(_ i)]; last by rewrite hi.
elim/big_ind: _ => [|x y [k [hk ->]] [l [hl ->]]|k hk]; [by exists k0 | | by exists k].
by rewrite /Rmax; case: Rle_dec; [exists l | exists k].
Qed.

Lemma vmin_on_le P z k : P k -> vmin_on P z <= z k.
Proof. by rewrite /vmin_on => /(vmax_on_ge (fun k => - z k)); lra. Qed.

Lemma vmin_on_attained P z : (exists k, P k) -> exists k, P k /\ vmin_on P z = z k.
Proof. by move=> /(vmax_on_attained (fun k => - z k)) [k [h e]]; exists k; rewrite /vmin_on e; split=> //; ring. Qed.

Lemma vmax_softmax c z : (0 < n)%N -> 0 < c -> vmax (softmax c z) = exp (c * vmax z) / partition c z.
Proof. by move=> n0 c0; have [k [-> ->]] := @vmax_both n (softmax c z) z n0 (fun k l => @p_mono n c z k l c0). Qed.

Lemma vmin_softmax c z : (0 < n)%N -> 0 < c -> vmin (softmax c z) = exp (c * vmin z) / partition c z.
Proof.
move=> n0 c0; have [k e] := vmin_attained z n0; rewrite e; apply: Rle_antisym; first exact: vmin_le.
have [l ->] := vmin_attained (softmax c z) n0; apply: p_mono => //; rewrite -e; exact: vmin_le.
Qed.

Lemma argmax_in A z k : (forall k, (k \in A) = (z k =? vmax z)) -> k \in A -> z k = vmax z.
Proof. by move=> -> /eqRP. Qed.

Lemma argmax_out A z k : (forall k, (k \in A) = (z k =? vmax z)) -> k \notin A -> z k < vmax z.
Proof. by move=> -> /eqRP h; have := vmax_ge z k; lra. Qed.

Lemma argmin_in A z k : (forall k, (k \in A) = (z k =? vmin z)) -> k \in A -> z k = vmin z.
Proof. by move=> -> /eqRP. Qed.

Lemma argmin_out A z k : (forall k, (k \in A) = (z k =? vmin z)) -> k \notin A -> vmin z < z k.
Proof. by move=> -> /eqRP h; have := vmin_le z k; lra. Qed.

Lemma argmax_member A z : (0 < n)%N -> (forall k, (k \in A) = (z k =? vmax z)) -> exists k, k \in A.
Proof. by move=> /(vmax_attained z) [k e] h; exists k; rewrite h; apply/eqRP. Qed.

Lemma argmin_member A z : (0 < n)%N -> (forall k, (k \in A) = (z k =? vmin z)) -> exists k, k \in A.
Proof. by move=> /(vmin_attained z) [k e] h; exists k; rewrite h; apply/eqRP. Qed.

Lemma count_member P : 0 < count P -> exists k, P k.
Proof.
move=> h; case: (pickP P) => [k hk|none]; first by exists k.
suff: count P <= 0 by lra.
by apply: nonpos_sum => k _; rewrite (none k); lra.
Qed.

(** The set of the classes with a property: what holds of those in it, and of the others; it has as many as are counted. *)
Lemma classes_with P (inside outside : 'I_n -> Prop) : (forall k, if P k then inside k else outside k) ->
  exists A, (forall k, k \in A -> inside k) /\ (forall k, k \notin A -> outside k) /\
    count P = count (fun k => k \in A).
Proof.
move=> h; exists [set k | P k]; split; [|split] => [k|k|]; [| |by apply: sum_eq => k _; rewrite inE].
  by rewrite inE => hk; have := h k; rewrite hk.
by rewrite inE => /negbTE hk; have := h k; rewrite hk.
Qed.

Lemma classes_le f g : let P k := f k <=? g k in exists A,
  (forall k, k \in A -> f k <= g k) /\ (forall k, k \notin A -> f k > g k) /\ count P = count (fun k => k \in A).
Proof. by apply: classes_with => k; case: Rle_dec => /=; lra. Qed.

Lemma classes_lt f g : let P k := f k <? g k in exists A,
  (forall k, k \in A -> f k < g k) /\ (forall k, k \notin A -> f k >= g k) /\ count P = count (fun k => k \in A).
Proof. by apply: classes_with => k; case: Rlt_dec => /=; lra. Qed.

Lemma classes_eq f g : let P k := f k =? g k in exists A,
  (forall k, k \in A -> f k = g k) /\ (forall k, k \notin A -> f k <> g k) /\ count P = count (fun k => k \in A).
Proof. by apply: classes_with => k; case: eqRP. Qed.

Lemma classes_ne f g : let P k := ~~ (f k =? g k) in exists A,
  (forall k, k \in A -> f k <> g k) /\ (forall k, k \notin A -> f k = g k) /\ count P = count (fun k => k \in A).
Proof. by apply: classes_with => k; case: eqRP. Qed.

End Classes.

(** Comparison by a function that increases. *)

Section Compare.
Implicit Types x y : R.

Lemma lt_by_exp x y : exp x < exp y -> x < y. Proof. exact: exp_lt_inv. Qed.
Lemma le_by_exp x y : exp x <= exp y -> x <= y.
Proof. by move=> h; apply: Rnot_lt_le => /exp_increasing; lra. Qed.
Lemma lt_by_ln x y : 0 < x -> 0 < y -> ln x < ln y -> x < y. Proof. exact: ln_lt_inv. Qed.
Lemma le_by_ln x y : 0 < x -> 0 < y -> ln x <= ln y -> x <= y.
Proof. by move=> hx hy h; apply: Rnot_lt_le => l; have := ln_increasing y x hy l; lra. Qed.
Lemma lt_by_square x y : 0 <= y -> x ^ 2 < y ^ 2 -> x < y. Proof. by move=> h h'; nra. Qed.
Lemma le_by_square x y : 0 <= y -> x ^ 2 <= y ^ 2 -> x <= y. Proof. by move=> h h'; nra. Qed.

End Compare.

Section Whole.
Implicit Types x y : R.

Definition whole x := exists m : Z, x = IZR m.

Lemma whole_numeral m : whole (IZR m). Proof. by exists m. Qed.
Lemma whole_INR (m : nat) : whole (INR m). Proof. by exists (Z.of_nat m); rewrite INR_IZR_INZ. Qed.
Lemma whole_opp x : whole x -> whole (- x). Proof. by case=> a ->; exists (- a)%Z; rewrite opp_IZR. Qed.
Lemma whole_add x y : whole x -> whole y -> whole (x + y).
Proof. by case=> a -> [b ->]; exists (a + b)%Z; rewrite plus_IZR. Qed.
Lemma whole_mul x y : whole x -> whole y -> whole (x * y).
Proof. by case=> a -> [b ->]; exists (a * b)%Z; rewrite mult_IZR. Qed.
Lemma whole_sum n (P : pred 'I_n) f : (forall k, whole (f k)) -> whole (\sum_(k < n | P k) f k).
Proof. by move=> h; elim/big_ind: _ => //; [exact: whole_numeral | exact: whole_add]. Qed.
Lemma whole_count n (P : pred 'I_n) : whole (count P).
Proof. by apply: whole_sum => k; case: (P k); apply: whole_numeral. Qed.

Lemma le_by_whole x y : whole x -> whole y -> x < y + 1 -> x <= y.
Proof. by case=> a -> [b ->]; rewrite -plus_IZR => /lt_IZR h; apply/IZR_le/Z.lt_succ_r; rewrite -Z.add_1_r. Qed.

Lemma INR_next m (n : nat) : IZR m < INR n -> IZR (m + 1) <= INR n.
Proof.
move=> h; apply: le_by_whole; [exact: whole_numeral | exact: whole_INR | rewrite plus_IZR; lra].
Qed.

End Whole.

(** * Taylor: h is above its polynomial at a where the derivative in between has the sign that says so *)

Definition from_to a b t := a <= t <= b \/ b <= t <= a.
Definition between a b t := a < t < b \/ b < t < a.
Definition above0 (strict : bool) x := if strict then 0 < x else 0 <= x.

Section Taylor.
Variables (strict : bool) (a : R).
Implicit Types (h d : R -> R) (b t u : R) (j : nat).

Definition derives b h d := forall t, from_to a b t -> is_derive h t (d t).

Lemma from_to_part b t u : between a b t -> from_to a t u -> from_to a b u.
Proof. by rewrite /between /from_to; lra. Qed.

Lemma between_part b t u : between a b t -> between a t u -> between a b u.
Proof. by rewrite /between; lra. Qed.

Lemma between_apart b t : between a b t -> strict -> t <> a.
Proof. by rewrite /between; lra. Qed.

Lemma above0_scale x y c : 0 < c -> y = c * x -> above0 strict x -> above0 strict y.
Proof. by rewrite /above0 => c0 ->; case: strict; nra. Qed.

Lemma mean_value b h d : derives b h d -> b <> a -> exists t, h b - h a = d t * (b - a) /\ between a b t.
Proof.
move=> hd; have hR u : from_to a b u -> derivable_pt_lim h u (d u) by move=> /hd /is_derive_Reals.
move=> /Rdichotomy [] l.
  have [u [e lu]] := MVT_cor2 h d b a l (fun u q => hR u (or_intror q)); exists u; split; [lra | by right].
by have [u [e lu]] := MVT_cor2 h d a b l (fun u q => hR u (or_introl q)); exists u; split; [lra | left].
Qed.

Lemma increases j b h d : (strict -> b <> a) -> h a = 0 -> derives b h d ->
  (forall t, between a b t -> above0 strict ((t - a) ^ j.+1 * d t)) -> above0 strict ((b - a) ^ j * h b).
Proof.
move=> ne h0 hd pos; case: (Req_dec b a) => [e|apart].
  by move: ne; rewrite e h0 /above0 Rmult_0_r; case: strict => [/(_ isT)|_] //; lra.
have [t [e bt]] := mean_value hd apart; have r0 : 0 < (b - a) / (t - a).
  case: bt => bt; first by apply: Rdiv_lt_0_compat; lra.
  by have -> : (b - a) / (t - a) = (a - b) / (a - t); [field; lra | apply: Rdiv_lt_0_compat; lra].
apply: above0_scale (pow_lt _ j.+1 r0) _ (pos t bt); have -> : h b = d t * (b - a) by lra.
have ta : t - a <> 0 by case: bt; lra.
by rewrite /Rdiv Rpow_mult_distr pow_inv /=; field; split=> //; apply: pow_nonzero.
Qed.

(** What f_0 has at b beyond its polynomial at a; f_1, f_2, ... are its derivatives. *)
Fixpoint rest (m : nat) (f : nat -> R -> R) b : R :=
  if m is k.+1 then rest k f b - (b - a) ^ k / INR (fact k) * f k a else f 0%N b.

Lemma rest_start m f : rest m.+1 f a = 0.
Proof.
elim: m => [|m IH]; first by rewrite /= /Rdiv; field.
by rewrite -[rest _ _ _]/(rest m.+1 f a - _) IH /= Rminus_eq_0 /Rdiv !Rmult_0_l Rminus_0_r.
Qed.

Lemma d_rest m b f : (forall k, (k <= m)%N -> derives b (f k) (f k.+1)) ->
  derives b (rest m.+1 f) (rest m (fun k => f k.+1)).
Proof.
move=> hd t ht; have l : is_derive (fun t => t - a) t 1 by apply: is_derive_eq (d_sub (d_id t) (d_const t a)) _; ring.
elim: m hd => [|m IH] hd.
  have e := @d_sub t (f 0%N) (fun _ => 1 / 1 * f 0%N a) _ _ (hd 0%N isT t ht) (d_const t _).
  by apply: is_derive_eq e _; rewrite /=; ring.
have p := d_mul (d_mul (d_pow m l) (d_const t (/ INR (fact m.+1)))) (d_const t (f m.+1 a)).
have e : is_derive (rest m.+2 f) t _ := d_sub (IH (fun k hk => hd k (leqW hk))) p.
apply: is_derive_eq e _; rewrite -INR_IZR_INZ -[RHS]/(rest m _ t - _ / _ * _).
have f0 := INR_fact_neq_0 m; have m0 := not_0_INR m.+1 (Nat.neq_succ_0 m).
by rewrite fact_simpl mult_INR; field.
Qed.

Lemma taylor_rest m j b f : (strict -> b <> a) -> (forall k, (k <= m)%N -> derives b (f k) (f k.+1)) ->
  (forall t, between a b t -> above0 strict ((t - a) ^ (m.+1 + j) * f m.+1 t)) ->
  above0 strict ((b - a) ^ j * rest m.+1 f b).
Proof.
elim: m j b f => [|m IH] j b f ne hd pos; apply: increases (rest_start _ f) (d_rest hd) _ => // t ht.
apply: IH (between_apart ht) _ _ => [k hk u hu|u hu]; first exact: hd k.+1 hk u (from_to_part ht hu).
by rewrite addnS; apply: pos (between_part ht hu).
Qed.

End Taylor.

Section TaylorLines.
Variables (m : nat) (a b x y : R) (f : nat -> R -> R).

Lemma taylor_le : y - x = rest a m.+1 f b -> (forall k, (k <= m)%N -> derives a b (f k) (f k.+1)) ->
  (forall t, between a b t -> 0 <= (t - a) ^ m.+1 * f m.+1 t) -> x <= y.
Proof.
move=> difference series pos; have ne : false -> b <> a by [].
by have := @taylor_rest false a m 0 b f ne series; rewrite /above0 Rmult_1_l addn0 -difference => /(_ pos); lra.
Qed.

Lemma taylor_lt : y - x = rest a m.+1 f b -> (forall k, (k <= m)%N -> derives a b (f k) (f k.+1)) ->
  b <> a -> (forall t, between a b t -> 0 < (t - a) ^ m.+1 * f m.+1 t) -> x < y.
Proof.
move=> difference series ne pos; have := @taylor_rest true a m 0 b f (fun _ => ne) series.
by rewrite /above0 Rmult_1_l addn0 -difference => /(_ pos); lra.
Qed.

End TaylorLines.

(** * Equal shares: the logits differ by a constant *)

Lemma softmax_same n c d (x y : 'I_n -> R) : (forall k, softmax c x k = softmax d y k) ->
  exists t, forall k, c * x k = d * y k + t.
Proof.
case: n x y => [|n] x y h; first by exists 0; case.
exists (ln (partition c x) - ln (partition d y)) => k.
by have := ln_p c x k; rewrite h ln_p; lra.
Qed.

Lemma shares_left n d (x y : 'I_n -> R) :
  (forall k, softmax 1 x k = softmax d y k) -> exists t, x = fun k => d * y k + t.
Proof.
move=> /softmax_same [t e]; exists t; apply: FunctionalExtensionality.functional_extensionality => k.
by rewrite -e Rmult_1_l.
Qed.

Lemma shares_right n c (x y : 'I_n -> R) :
  (forall k, softmax c x k = softmax 1 y k) -> exists t, y = fun k => c * x k + t.
Proof. by move=> h; apply: (@shares_left n c y x) => k; rewrite h. Qed.

Ltac equal_shares := repeat match goal with
  | h : forall k, softmax 1 ?x k = softmax ?d ?y k |- _ => is_var x; case: (shares_left h) => ? ?; clear h; subst x
  | h : forall k, softmax ?c ?x k = softmax 1 ?y k |- _ => is_var y; case: (shares_right h) => ? ?; clear h; subst y
  end.

(** * What the hypotheses say of the classes at hand *)

Ltac note proof :=
  let said := type of proof in let said := eval cbv beta in said in
  lazymatch said with
  | ?a -> ?b => match goal with h : a |- _ => note (proof h) end
  | @eq bool _ _ => fail
  | _ => lazymatch type of said with Prop => learn said ltac:(exact: proof) end
  end.

Ltac observe :=
  repeat match goal with
  | h : is_true (_ && _) |- _ => case/andP: h => ? ?
  | h : ?a /\ ?b |- _ => destruct h
  | h : is_true true |- _ => clear h
  | h : is_true (?i != ?j) |- _ => learn (is_true (j != i)) ltac:(by rewrite eq_sym)
  | a : forall k, (k \in ?A) = _, h : is_true (_ \in ?A) |- _ => first [note (argmax_in a h) | note (argmin_in a h)]
  | a : forall k, (k \in ?A) = _, h : is_true (_ \notin ?A) |- _ =>
      first [note (argmax_out a h) | note (argmin_out a h)]
  | h : forall k : 'I_?n, _, i : 'I_?n |- _ => note (h i)
  | i : 'I_?n |- context [@vmax ?n ?f] => note (vmax_ge f i)
  | i : 'I_?n, h : context [@vmax ?n ?f] |- _ => note (vmax_ge f i)
  | i : 'I_?n |- context [@vmin ?n ?f] => note (vmin_le f i)
  | i : 'I_?n, h : context [@vmin ?n ?f] |- _ => note (vmin_le f i)
  | i : 'I_?n |- context [@vmax_on ?n ?P ?f] => note (@vmax_on_ge n P f i ltac:(by []))
  | i : 'I_?n |- context [@vmin_on ?n ?P ?f] => note (@vmin_on_le n P f i ltac:(by []))
  | |- context [\sum_(k < ?n) softmax ?c ?z k] =>
      learn (\sum_(k < n) softmax c z k = 1) ltac:(apply: p_sum1; class_exists)
  | h : 0 <= ?x |- context [Rabs ?x] => note (@Rabs_pos_eq x h)
  | h : ?x <= 0 |- context [Rabs ?x] => note (@Rabs_left1 x h)
  | h : ?x < 0 |- context [Rabs ?x] => note (@Rabs_left x h)
  | |- context [Rabs ?x] => note (abs_ge x)
  | |- context [Rabs ?x] => note (abs_le x)
  | i : 'I_?n |- context [INR ?n] => learn (1 <= INR n) ltac:(exact: INR_ge1 (class_some i))
  | h : is_true (?m <= ?n)%N |- context [INR ?n] =>
      let z := eval cbv in (Z.of_nat m) in
      learn (IZR z <= INR n) ltac:(exact (INR_ge h))
  | h : is_true (?n < ?m)%N |- context [INR ?n] =>
      let z := eval cbv in (Z.of_nat m) in
      learn (INR n + 1 <= IZR z) ltac:(exact (INR_lt h))
  | h : is_true (?i != ?j), i : 'I_?n |- context [INR ?n] => note (INR_ge2 h)
  | h : IZR ?m < INR ?n |- _ => let next := eval cbv in (m + 1)%Z in learn (IZR next <= INR n) ltac:(exact: (INR_next h))
  end.

Ltac surely := first
  [ assumption
  | lra
  | match goal with h : ?x = ?y |- context [?x] => rewrite h; lra end
  | lazymatch goal with |- _ <> 0 => fail | |- context [_ * _] => nra end ].

(** * Signs, by form *)

(** x - 1 - ln x, e^x - 1 - x and the like, in any order of their terms. *)
Ltac gap :=
  match goal with
  | |- context [ln ?x] =>
      let p := fresh in have p : 0 < x by [sign];
      first [have := ln_gap p; lra | have := ln_gap_inv p; lra
            | lazymatch goal with |- 0 < _ =>
                let h := fresh in have h : x <> 1 by [surely]; have := ln_gap_strict p h; lra
              end]
  | |- context [exp ?x] => first [have := exp_gap x; lra
      | let h := fresh in have h : x < 0 by [surely]; have := pos_1exp h; lra
      | let h := fresh in have h : x <= 0 by [surely]; have := nonneg_1exp h; lra
      | lazymatch goal with |- 0 < _ =>
          let h := fresh in have h : x <> 0 by [surely]; have := exp_gap_strict h; lra
        end]
  end

with by_order :=
  repeat match goal with
  | |- context [softmax ?c ?z ?i - softmax ?c ?z ?j] => rewrite (softmax_sub c z i j)
  | |- context [softmax ?c ?z ?i * softmax ?d ?w ?j - softmax ?c ?z ?k * softmax ?d ?w ?l] =>
      rewrite (softmax_mul_sub c z d w i j k l)
  end;
  match goal with |- context [exp ?x - exp ?y] =>
    lazymatch goal with
    | _ : x <= y |- _ => fail
    | _ : y < x |- _ => fail
    | _ => case: (Rle_lt_dec x y) => ?; in_order; sign
    end
  end

(** One factor is not negative, or it is. *)
with by_factor :=
  match goal with |- context [?x - ?y] =>
    lazymatch goal with
    | _ : 0 <= x - y |- _ => fail
    | _ : x - y < 0 |- _ => fail
    | |- context [exp _ - exp _] => fail
    | |- context [(x - y) * _] => idtac
    | |- context [_ * (x - y)] => idtac
    end;
    case: (Rle_lt_dec 0 (x - y)) => ?; solve [sign]
  end

with in_order := try match goal with
  | c0 : ?c < 0, h : ?c * ?x <= ?c * ?y |- _ => have := le_reg_neg c0 h; intro
  | c0 : ?c < 0, h : ?c * ?x < ?c * ?y |- _ => have := lt_reg_neg c0 h; intro
  | c0 : 0 < ?c, h : ?c * ?x + ?c * ?y <= ?c * ?u + ?c * ?v |- _ => have ? : x + y <= u + v by [nra]
  | c0 : 0 < ?c, h : ?c * ?x + ?c * ?y < ?c * ?u + ?c * ?v |- _ => have ? : x + y < u + v by [nra]
  | c0 : 0 < ?c, h : ?c * ?x <= ?c * ?y |- _ => have := Rmult_le_reg_l c x y c0 h; intro
  | c0 : 0 < ?c, h : ?c * ?x < ?c * ?y |- _ => have := Rmult_lt_reg_l c x y c0 h; intro
  end

(** What is as it stands, once exponentials are positive. *)
with with_positives :=
  repeat match goal with |- context [exp ?x] => note (exp_pos x) end; first [lra | nra]

with difference :=
  lazymatch goal with
  | |- 0 <= exp _ - exp _ => apply: nonneg_exp; sign
  | |- 0 < exp _ - exp _ => apply: pos_exp; sign
  | |- 0 <= ln _ - ln _ => apply: nonneg_lns; sign
  | |- 0 < ln _ - ln _ => apply: pos_lns; sign
  | |- 0 <= / _ - / _ => apply: nonneg_invs; sign
  | |- 0 < / _ - / _ => apply: pos_invs; sign
  | |- context [?x - 0] => rewrite (Rminus_0_r x); sign
  | |- context [0 - (?x - ?y)] => rewrite Rminus_0_l (Ropp_minus_distr x y); sign
  | |- context [?c - (?c - ?x)] => have -> : c - (c - x) = x by [ring]; sign
  | |- context [1 / ?x - 1 / ?y] => rewrite /Rdiv !Rmult_1_l; sign
  | |- context [?c + ?x - (?c + ?y)] => have -> : c + x - (c + y) = x - y by [ring]; sign
  | |- 0 <= exp _ - 1 => apply: nonneg_exp1; sign
  | |- 0 < exp _ - 1 => apply: pos_exp1; sign
  | |- 0 <= 1 - exp _ => apply: nonneg_1exp; sign
  | |- 0 < 1 - exp _ => apply: pos_1exp; sign
  | |- context [softmax ?c ?z ?i - softmax ?c ?z ?j] => rewrite (softmax_sub c z i j); sign
  | |- 0 <= 1 - softmax _ _ _ => apply: le_sub; apply: p_le1
  | |- 0 <= vmax _ - _ => apply: le_sub; apply: vmax_ge
  | |- 0 <= _ - vmin _ => apply: le_sub; apply: vmin_le
  | |- context [?c * ?x - ?c * ?y] => rewrite -(Rmult_minus_distr_l c x y); sign
  | |- 0 < 1 - \sum_(k < _ | _) softmax _ _ k =>
      match goal with i : 'I_?n |- _ => apply: (@pos_rest n _ _ _ i); rewrite /= ?eqxx ?andbF; exact: isT end
  | |- context [?x - ?y / ?c] => rewrite /Rdiv (@sub_over c x y); sign
  | |- context [?x / ?c - ?y] => rewrite /Rdiv (@over_sub c x y); sign
  end

with class_of_range :=
  match goal with
  | i : 'I_?n |- exists k : 'I_?n, is_true true => exists i; exact: isT
  | |- exists k : 'I_?n, is_true true => unshelve (eexists; [apply: class0; class_exists | exact: isT])
  | h : is_true (1 < ?n)%N |- exists k : 'I_?n, is_true (k != ?i) => exact: another i h
  | h : is_true (2 < ?n)%N |- exists k : 'I_?n, is_true ((k != ?i) && (k != ?j)) => exact: a_third i j h
  | h : is_true (_ < ?n)%N |- exists k : 'I_?n, is_true (k != ?i) => apply: another i _; apply: leq_trans h
  end

with in_range :=
  cbv beta; repeat (apply/andP; split); first [exact: isT | assumption | by rewrite inE]

(** All the terms are positive, or all but that at a class at hand are not negative. *)
with strict_sum lemma :=
  let k := fresh "k" in
  first
    [ match goal with i : 'I_?n |- _ =>
        apply: (lemma n _ _ i); [solve [in_range] | cbv beta; solve [sign] | intro; each_class] end
    | match goal with |- context [\sum_(k < ?n | @?P k) _] =>
        let h := fresh in
        have [k h] : exists k : 'I_n, is_true (P k) by [cbv beta; class_of_range];
        cbv beta in h; observe;
        apply: (lemma n _ _ k); [in_range | cbv beta; solve [sign] | intro; each_class] end ]

with each_class := let h := fresh in intro h; cbv beta in *; observe; sign

with sign :=
  cbv beta;
  lazymatch goal with
  | |- 0 <= entropy _ + _ => first [apply: entropy_gap => ?; observe; solve [sign] | apply: Rplus_le_le_0_compat; sign]
  | |- 0 <= ?a + ?b => first [apply: Rplus_le_le_0_compat; solve [sign] | surely | gap]
  | |- 0 < ?a + ?b => first
      [apply: Rplus_lt_0_compat; solve [sign] | apply: Rplus_lt_le_0_compat; solve [sign]
      | apply: Rplus_le_lt_0_compat; solve [sign] | surely | gap | with_positives]
  | |- ?a + ?b <= 0 => first [apply: nonpos_add; solve [sign] | surely]
  | |- ?a + ?b < 0 => first [apply: neg_add; solve [sign] | apply: neg_add_strict; solve [sign] | surely]
  | |- 0 <= ?a - ?b => first [solve [difference] | surely | gap | apply: nonneg_sub; solve [sign] | with_positives]
  | |- 0 < ?a - ?b => first [solve [difference] | surely | gap | apply: pos_sub; solve [sign]
      | apply: pos_sub_strict; solve [sign] | with_positives]
  | |- ?a - ?b <= 0 => apply: nonpos_sub; sign
  | |- ?a - ?b < 0 => apply: neg_sub; sign
  | |- 0 <= - _ => apply: nonneg_opp; sign
  | |- 0 < - _ => apply: pos_opp; sign
  | |- - _ <= 0 => apply: nonpos_opp; sign
  | |- - _ < 0 => apply: neg_opp; sign
  | |- 0 <= ?x * ?x => exact: Rle_0_sqr
  | |- 0 < ?x * ?x => first [apply: pos_square; solve [sign] | apply: Rmult_lt_0_compat; sign]
  | |- 0 <= _ * _ => first
      [apply: Rmult_le_pos; solve [sign] | apply: nonneg_mul_neg; solve [sign] | by_order | surely | by_factor]
  | |- 0 < _ * _ => first
      [apply: Rmult_lt_0_compat; solve [sign] | apply: pos_mul_neg; solve [sign] | by_order | surely | by_factor]
  | |- _ * _ <= 0 => first
      [apply: nonpos_mul; solve [sign] | apply: nonpos_mul_neg; solve [sign] | by_order | surely | by_factor]
  | |- _ * _ < 0 => first
      [apply: neg_mul; solve [sign] | apply: neg_mul_neg; solve [sign] | by_order | surely | by_factor]
  | |- context [?a / ?b] => rewrite /Rdiv; sign
  | |- 0 <= / _ => apply: nonneg_inv; sign
  | |- 0 < / _ => apply: Rinv_0_lt_compat; sign
  | |- / _ <= 0 => apply: nonpos_inv; sign
  | |- / _ < 0 => apply: neg_inv; sign
  | |- 0 <= ?x ^ ?m => first [by_parity m ltac:(fun h => exact (nonneg_even x h)) | apply: pow_le; sign]
  | |- 0 < ?x ^ ?m => first [apply: pow_lt; solve [sign] | by_parity m ltac:(fun h => apply (@pos_even x h)); sign]
  | |- ?x ^ ?m <= 0 => by_parity (S m) ltac:(fun h => apply: (@nonpos_odd x (Nat.pred h))); sign
  | |- ?x ^ ?m < 0 => by_parity (S m) ltac:(fun h => apply: (@neg_odd x (Nat.pred h))); sign
  | |- 0 < exp _ => exact: exp_pos
  | |- 0 <= exp _ => exact: Rlt_le (exp_pos _)
  | |- 0 < softmax _ _ _ => exact: p_gt0
  | |- 0 <= softmax _ _ _ => exact: Rlt_le (p_gt0 _ _ _)
  | |- 0 < partition _ _ => apply: sum_all_gt0; [class_exists | intro; exact: exp_pos]
  | |- 0 <= partition _ _ => apply: sum_ge0 => ? _; exact: Rlt_le (exp_pos _)
  | |- 0 < Rpower _ _ => exact: exp_pos
  | |- 0 <= Rpower _ _ => exact: Rlt_le (exp_pos _)
  | |- context [ln (?x * / ?y)] => rewrite -[x * / y]/(x / y) (@ln_quotient x y); sign
  | |- 0 <= ln _ => first [surely | apply: nonneg_ln; sign]
  | |- 0 < ln _ => first [surely | apply: pos_ln; sign]
  | |- ln _ <= 0 => first [surely | apply: nonpos_ln; sign]
  | |- ln _ < 0 => first [surely | apply: neg_ln; sign]
  | |- 0 <= entropy _ => apply: nonneg_entropy => ?; observe; sign
  | |- 0 <= INR _ => exact: pos_INR
  | |- 0 < INR _ => apply: INR_gt0; class_exists
  | |- 0 <= count _ => exact: count_ge0
  | |- 0 <= iverson _ => exact: nonneg_ind
  | |- 0 <= Rabs _ => exact: Rabs_pos
  | |- 0 <= sqrt _ => exact: sqrt_pos
  | |- 0 < sqrt _ => apply: sqrt_lt_R0; sign
  | |- 0 < \prod_(k < _ | _) _ => apply: pos_prod; intro; each_class
  | |- 0 <= \prod_(k < _ | _) _ => apply: nonneg_prod; intro; each_class
  | |- 0 <= \sum_(k < _ | _) _ => first [apply: sum_ge0; intro; solve [each_class] | surely]
  | |- \sum_(k < _ | _) _ <= 0 => first [apply: nonpos_sum; intro; solve [each_class] | surely]
  | |- 0 < \sum_(k < _ | _) _ => first [assumption | strict_sum pos_sum | surely]
  | |- \sum_(k < _ | _) _ < 0 => first [strict_sum neg_sum | surely]
  | |- 0 <= moment _ => unfold moment; sign
  | |- 0 < moment _ => unfold moment; sign
  | |- exp _ - exp _ <> 0 => apply: apart_exp; sign
  | |- softmax ?c ?z ?i - softmax ?c ?z ?j <> 0 => rewrite (softmax_sub c z i j); sign
  | |- ?c * ?x - ?c * ?y <> 0 => rewrite -(Rmult_minus_distr_l c x y); sign
  | |- _ * _ <> 0 => apply: apart_mul; sign
  | |- / _ <> 0 => apply: apart_inv; sign
  | |- - _ <> 0 => apply: apart_opp; sign
  | |- _ ^ _ <> 0 => apply: apart_pow; sign
  | |- _ <> 0 => first [surely | apply: apart_pos; solve [sign] | apply: apart_neg; sign]
  | |- _ => first [surely | progress unfold mean, var, kl, entropy, tanh, sinh, cosh; sign]
  end

with by_parity m use :=
  let h := eval cbv in (Nat.div2 m) in lazymatch eval cbv in (Nat.even m) with true => use h end.

(** * A line *)

Ltac literals := repeat match goal with
  | |- context [INR (S ?m)] => rewrite (INR_IZR_INZ (S m)); numerals
  end.

(** Largest values are those of the classes that are named for them; so many are counted as are in a set. *)
Ltac put_extremes := repeat match goal with
  | e : count ?P = count _ |- context [count ?P] => rewrite e
  | e : @vmax ?n ?f = _ |- context [@vmax ?n ?f] => rewrite e
  | e : @vmin ?n ?f = _ |- context [@vmin ?n ?f] => rewrite e
  | e : @vmax_on ?n ?P ?f = _ |- context [@vmax_on ?n ?P ?f] => rewrite e
  | e : @vmin_on ?n ?P ?f = _ |- context [@vmin_on ?n ?P ?f] => rewrite e
  end.

Ltac same_classes := repeat match goal with h : @eq (ordinal _) ?i ?j |- _ => first [subst j | subst i] end.

Ltac put_absolute := repeat match goal with |- context [Rabs ?x] => first
  [ rewrite (Rabs_pos_eq x); [| solve [surely | sign]] | rewrite (Rabs_left1 x); [| solve [surely | sign]] ] end.

(** The square of a root is what is under it. *)
Ltac with_root :=
  lazymatch goal with |- context [sqrt _] => idtac end;
  prepare; normal;
  match goal with |- context [sqrt ?x] =>
    let e := fresh in have e : sqrt x ^ 2 = x by [apply: pow2_sqrt; first [lra | sign]];
    first [ring [e] | field_simplify_eq; [ring [e] | nonzero]]
  end.

(** On the way from a to b: a softmax in which t does not occur is any family. *)
Ltac shares_as_families :=
  match goal with _ : between _ _ ?t |- context [softmax ?c ?z] =>
    lazymatch constr:((c, z)) with context [t] => fail | _ => generalize (softmax c z); intro end
  end.

Lemma exp_logsumexp n (x : 'I_n -> R) : (0 < n)%N -> exp (logsumexp x) = \sum_(k < n) exp (x k).
Proof. by move=> h; apply: exp_ln; apply: sum_all_gt0 => // k; apply: exp_pos. Qed.

(** Within a sum, a log-sum-exp is a number of which the exponential is known. *)
Ltac logs_as_numbers :=
  match goal with |- context [@bigop R _ _ _ ?f] => lazymatch f with context [logsumexp _] => idtac end end;
  repeat match goal with |- context [@logsumexp ?n ?x] =>
    let e := fresh in have e := @exp_logsumexp n x ltac:(class_exists); move: e; generalize (logsumexp x); intros ? e
  end.

Ltac identity :=
  same_classes; equal_shares; put_extremes; put_absolute;
  repeat match goal with
  | |- context [@vmax ?n (softmax ?c ?z)] => rewrite (@vmax_softmax n c z); [| class_exists | assumption]
  | |- context [@vmin ?n (softmax ?c ?z)] => rewrite (@vmin_softmax n c z); [| class_exists | assumption]
  end;
  first [shares_as_families; repeat shares_as_families; certify | logs_as_numbers; certify | certify | with_root].

(** A part is what an earlier line, or a hypothesis, says of the same in other words; or it is 0. *)
Ltac by_facts :=
  cbv beta; rewrite /Rdiv;
  lazymatch goal with
  | |- 0 <= ?x + ?y => first [apply: Rplus_le_le_0_compat; first [solve [sign] | solve [by_facts]] | by_fact]
  | |- 0 <= ?x * ?y => apply: Rmult_le_pos; first [solve [sign] | by_facts]
  | |- 0 <= - ?x * ?y => rewrite -Ropp_mult_distr_l Ropp_mult_distr_r; by_facts
  | |- _ => by_fact
  end
with by_fact :=
  match goal with
  | h : ?x >= ?y |- 0 <= ?e => apply: (@ge_fact x y e h); solve [identity]
  | h : ?y <= ?x |- 0 <= ?e => apply: (@ge_fact x y e (Rle_ge y x h)); solve [identity]
  | |- 0 <= ?e => apply: Req_le_sym; solve [identity]
  end.

Ltac seen := same_classes; observe; literals; sign.
Ltac visibly := first [seen | same_classes; observe; by_facts].

(** 0, term by term, or since it is neither positive nor negative. *)
Ltac zero := cbv beta; first
  [ lra
  | apply: big1 => ? ?; observe; zero
  | apply: Rle_antisym; sign
  | apply Rmult_eq_0_compat_r; zero
  | apply Rmult_eq_0_compat_l; zero ].

Ltac line e :=
  lazymatch goal with
  | |- ?a <= ?b => apply (@le_line e a b); [identity | visibly]
  | |- ?a < ?b => apply (@lt_line e a b); [identity | visibly]
  | |- ?a >= ?b => apply (@ge_line e a b); [identity | visibly]
  | |- ?a > ?b => apply (@gt_line e a b); [identity | visibly]
  | |- ?a <> ?b => apply (@ne_line e a b); [identity | visibly]
  | |- ?a = ?b => first [identity | apply (@eq_line e a b); [identity | observe; zero]]
  end.

Lemma pos_absurd e : 0 = e -> 0 < e -> False. Proof. by lra. Qed.
Lemma neg_absurd e : 0 = e -> e < 0 -> False. Proof. by lra. Qed.

Ltac clash := exfalso; same_classes; observe; repeat match goal with h : _ >= _ |- _ => apply Rge_le in h end; first
  [ lra | done
  | match goal with i : 'I_?n, h : is_true (1 < ?n)%N |- _ => destruct (another i h); observe; lra end
  | match goal with h : is_true (?i != ?i) |- _ => by rewrite eqxx in h end
  | match goal with h : is_true (?k \notin ?A), h' : is_true (?k \in ?A) |- _ => by rewrite h' in h end
  | match goal with h : ?x <> 0 |- _ => apply: h; apply: sqr_eq0; solve [auto] end
  | match goal with h : ?x < ?y |- _ =>
      apply: (Rlt_not_le y x h); apply: (@le_line (x - y)); [reflexivity | sign] end
  | match goal with h : ?x <= ?y |- _ =>
      apply: (Rle_not_lt y x h); apply: (@lt_line (x - y)); [reflexivity | sign] end ].

Ltac absurd_by e :=
  exfalso; first [apply (@pos_absurd e); [identity | visibly] | apply (@neg_absurd e); [identity | visibly]].

(** * Cases *)

Ltac either p :=
  lazymatch p with
  | @eq (ordinal _) ?i ?j => case: (altP (i =P j)) => ?
  | is_true (?i \in ?A) => case: (boolP (i \in A)) => ?
  | is_true (?m <= ?n)%N => case: (leqP m n) => ?
  | ?x <= ?y => case: (Rle_lt_dec x y) => ?
  | ?x < ?y => case: (Rlt_le_dec x y) => ?
  | ?x >= ?y => case: (Rle_lt_dec y x) => ?
  | ?x > ?y => case: (Rlt_le_dec y x) => ?
  | ?x = ?y => case: (Req_EM_T x y) => ?
  end.

Ltac some_class := cbv beta; first
  [ assumption
  | match goal with h : exists k, _ |- _ =>
      let k := fresh in destruct h as [k h]; exists k; decompose [and] h; in_range
    end
  | class_of_range ].

Ltac attained m e :=
  let h := fresh in let p := fresh in
  lazymatch e with
  | @vmax ?n ?f => destruct (@vmax_attained n f ltac:(class_exists)) as [m h]
  | @vmin ?n ?f => destruct (@vmin_attained n f ltac:(class_exists)) as [m h]
  | @vmax_on ?n ?P ?f => destruct (@vmax_on_attained n P f ltac:(some_class)) as [m [p h]]
  | @vmin_on ?n ?P ?f => destruct (@vmin_on_attained n P f ltac:(some_class)) as [m [p h]]
  end; cbv beta in *.

Ltac member m A :=
  let h := fresh in
  first
    [ match goal with e : forall k : 'I_?n, _ = (?z k =? vmax ?z) |- _ =>
        destruct (@argmax_member n A z ltac:(class_exists) e) as [m h] end
    | match goal with e : forall k : 'I_?n, _ = (?z k =? vmin ?z) |- _ =>
        destruct (@argmin_member n A z ltac:(class_exists) e) as [m h] end
    | destruct (@count_member _ (fun k => k \in A) ltac:(observe; lra)) as [m h] ]; cbv beta in h.

(** A sum of terms that are not negative, and that is not positive: each of them is 0. *)
Lemma vanishing n (P : pred 'I_n) (f : 'I_n -> R) :
  (forall k, P k -> 0 <= f k) -> \sum_(k < n | P k) f k <= 0 -> forall k, P k -> f k = 0.
Proof. by move=> h s k hk; have := @sum_ge_term n P f k h hk; have := h k hk; lra. Qed.

Ltac vanish s :=
  lazymatch s with \sum_(k < ?n | @?P k) @?f k =>
    let h := fresh in
    have h : forall k, P k -> f k = 0 by [apply: (@vanishing n P f); [intro; each_class | observe; sign]];
    cbv beta in h; try (have := fun k => h k isT; clear h; intro); observe
  end.

(** A name for the set of the classes that are counted. *)
Ltac classes A P :=
  let h := fresh in
  lazymatch P with
  | fun k => @?f k <=? @?g k => have h := @classes_le _ f g
  | fun k => @?f k <? @?g k => have h := @classes_lt _ f g
  | fun k => @?f k =? @?g k => have h := @classes_eq _ f g
  | fun k => ~~ (@?f k =? @?g k) => have h := @classes_ne _ f g
  end;
  cbv beta zeta in h; destruct h as [A [? [? ?]]]; unfold Rgt in *.

(** The same relation between exponentials, logarithms or squares is what is left to show. *)
Ltac compare le lt sides := first [apply: lt; sides | apply: le; sides | apply: Rle_ge; apply: le; sides].
Ltac compare_exp := compare le_by_exp lt_by_exp ltac:(idtac).
Ltac compare_ln := compare le_by_ln lt_by_ln ltac:(try solve [observe; sign]).
Ltac compare_square := compare le_by_square lt_by_square ltac:(try solve [observe; sign]).

Ltac is_whole := first
  [ exact: whole_numeral | exact: whole_INR | exact: whole_count | apply: whole_opp; is_whole
  | apply: whole_add; is_whole | apply: whole_mul; is_whole | apply: whole_sum => ?; is_whole ].
Ltac compare_whole := try apply: Rle_ge; apply: le_by_whole; [is_whole | is_whole |].

(** * Taylor's theorem as a step: taylor m t h a b leaves 0 <= (t - a)^m h^(m)(t), or 0 <, for t between a and b. *)

Lemma apart_ends a b : b - a <> 0 -> b <> a. Proof. by lra. Qed.

Ltac words := unfold entropy, kl, logsumexp, var, mean, partition, vmin, tanh, sinh, cosh, Rpower; cbv beta.

(** Which of the ends are positive, and which is the larger, where it is seen. *)
Ltac direction a b :=
  try have ? : 0 < a by [seen]; try have ? : 0 < b by [seen];
  try first
    [ have ? : a <= b by [first [lra | apply: (@le_line (b - a)); [reflexivity | seen]]]
    | have ? : b <= a by [first [lra | apply: (@le_line (a - b)); [reflexivity | seen]]] ].

(** What has been put in at the ends. *)
Ltac at_ends :=
  cbv beta; rewrite ?Rmult_0_l ?Rmult_0_r ?Rmult_1_l ?Rmult_1_r ?Rplus_0_l ?Rplus_0_r ?Rminus_0_r.

(** The derivatives that f, in front of which d stands, has to have, up to the order. *)
Ltac series order a b d f done :=
  lazymatch order with
  | O => let f := eval cbv [catrev rev] in (rev (cons d f)) in done f
  | S ?m =>
      let e := fresh in let t := fresh in let h := fresh in
      eassert (e : derives a b d _) by
        (intros t h; unfold from_to in h;
         try first [have ? : a <= t <= b by [lra] | have ? : b <= t <= a by [lra]]; observe; words; derived);
      lazymatch type of e with derives _ _ _ ?d' => series m a b d' (cons d f) done end
  end.

Ltac taylor order t h a b :=
  direction a b; try apply: Rle_ge;
  series order a b h (@nil (R -> R)) ltac:(fun f =>
    let m := eval cbv in (Nat.pred order) in
    let in_turn := (let k := fresh in move=> k; do 4 (case: k => [|k] //)) in
    let difference := (cbn [rest nth fact Nat.add Nat.mul INR]; at_ends; identity) in
    let apart := first [lra | apply: apart_ends; visibly] in
    lazymatch goal with
    | |- ?x <= ?y => apply (@taylor_le m a b x y (nth (fun _ => 0) f)); [difference | in_turn |]
    | |- ?x < ?y => apply (@taylor_lt m a b x y (nth (fun _ => 0) f)); [difference | in_turn | apart |]
    end);
  cbn [nth]; cbv beta;
  repeat match goal with h : derives _ _ _ _ |- _ => clear h end;
  let h := fresh in intros t h; case: (h) => [[? ?]|[? ?]]; try (exfalso; lra).

Ltac existence_at :=
  rewrite /is_partial /ex_partial /near;
  unfold entropy, kl, logsumexp, var, mean, partition, vmin, tanh, sinh, cosh, Rpower; cbv beta;
  exist; intros; repeat (apply: filter_forall; intro); eexists; derive.

Ltac existence := repeat match goal with |- _ /\ _ => split; [solve [existence_at] |] end.

Ltac start := intros; unfold Rgt in *; existence.

(** Under a derivative another function may stand that is the same near the point. *)
Lemma alike_is_derive (F G : R -> R) x v :
  locally x (fun t => F t = G t) -> is_derive G x v -> is_derive F x v.
Proof. by move=> h; apply: is_derive_ext_loc; apply: filter_imp h. Qed.

Lemma alike_derive (F G : R -> R) x (P : R -> Prop) :
  locally x (fun t => F t = G t) -> ex_derive G x /\ P (Derive G x) -> ex_derive F x /\ P (Derive F x).
Proof.
move=> h [ex p]; split; first by apply: ex_derive_ext_loc ex; apply: filter_imp h.
by rewrite (Derive_ext_loc F G x h).
Qed.

Lemma near_gt0 (F G : R -> R) x : 0 < x -> (forall t, 0 < t -> F t = G t) -> locally x (fun t => F t = G t).
Proof. by move=> h same; apply: filter_imp same _; apply: open_gt. Qed.

Ltac near_point := cbv beta; first [apply: near_gt0; [solve [positive] |] | apply: filter_forall].

(** What is so for every inverse temperature is so for that of a temperature. *)
Ltac at_inverse := match goal with h : 0 < ?T |- context [/ ?T] =>
  have ? := Rinv_0_lt_compat _ h; generalize dependent (/ T); intros end.

Ltac alike G :=
  unfold Rgt in *;
  lazymatch goal with
  | |- _ /\ ?rest => lazymatch rest with context [Derive ?F ?x] =>
      lazymatch (eval pattern (Derive F x) in rest) with ?P _ =>
        apply: (@alike_derive F G x P); [near_point | cbv beta; existence] end end
  | |- is_derive ?F ?x ?v => apply: (@alike_is_derive F G x v); [near_point | existence]
  end.

Ltac nonzero_more ::= observe; sign.
Ltac positive_more ::= observe; sign.
