(** Random utility: an antiderivative, and its two limits, for each probability (gumbel.v has Gumbel-max as an integral).

      gumbel_largest, gumbel_copies                            products of distribution functions
      gumbel_winner, gumbel_winner_right, gumbel_winner_left   class i is the largest: from 0 up to p_i
      surplus_gradient                                         the derivative of (log Z)/lambda
      logistic_difference, logistic_right, logistic_left       the difference of two: from 0 up to the logistic function
      gumbel_mean_bound, .._slope, .._right, .._left           x f(x) >= (1 - e^{-x}) f(x), whose integral is 0
      race_minimum, race_first, race_start, race_end           i is the first: from -w_i/sum w up to 0
      race_iia, ranking_sum1                                   among any of the classes *)

From Softmax Require Export gumbel limits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** * Gumbel-max *)

Theorem gumbel_largest n lambda (z : 'I_n -> R) x : 0 < lambda -> (0 < n)%N ->
  \prod_(k < n) exp (- exp (lambda * z k - x)) = exp (- partition lambda z * exp (- x)).
Proof. certify. Qed.

Theorem gumbel_winner n lambda (z : 'I_n -> R) x (i : 'I_n) : 0 < lambda ->
  is_derive (fun x => softmax lambda z i * exp (- partition lambda z * exp (- x))) x
    (exp (- exp (lambda * z i - x)) * exp (lambda * z i - x) * (\prod_(k < n | k != i) exp (- exp (lambda * z k - x)))).
Proof. certify. Qed.

Theorem gumbel_winner_right n lambda (z : 'I_n -> R) (i : 'I_n) : 0 < lambda ->
  filterlim (fun x => softmax lambda z i * exp (- partition lambda z * exp (- x))) (Rbar_locally p_infty)
    (locally (softmax lambda z i)).
Proof. start_limit; tends (fun x : R => softmax lambda z i * exp (- partition lambda z * exp (- x))). Qed.

Theorem gumbel_winner_left n lambda (z : 'I_n -> R) (i : 'I_n) : 0 < lambda ->
  filterlim (fun x => softmax lambda z i * exp (- partition lambda z * exp (- x))) (Rbar_locally m_infty) (locally 0).
Proof.
move=> l0; rewrite -(Rmult_0_r (softmax lambda z i)); have Z0 := partition_gt0 lambda z i.
apply: lim_mul; first exact: lim_const.
apply: lim_ext (lim_placed_left Rlt_0_1 Z0) => x; rewrite /placed Rmult_1_l; congr exp; ring.
Qed.

Theorem gumbel_copies n c x : (0 < n)%N -> \prod_(k < n) exp (- exp (c - x)) = exp (- exp (c - x + ln (INR n))).
Proof.
move=> n0; have N0 : 0 < INR n by apply: lt_0_INR; apply/ltP.
rewrite exp_plus exp_ln //; elim: n {n0 N0} => [|n IH]; first by rewrite big_ord0 Rmult_0_r Ropp_0 exp_0.
by rewrite big_ord_recl IH -exp_plus S_INR; congr exp; ring.
Qed.

Theorem surplus_gradient n lambda (z : 'I_n -> R) (i : 'I_n) : 0 < lambda ->
  is_partial (fun z => ln (partition lambda z) / lambda) z i (softmax lambda z i).
Proof. certify. Qed.

(** * The difference of two *)

Lemma logistic0 x : 0 < 1 + exp (- x).
Proof. by have := exp_pos (- x); lra. Qed.

Theorem logistic_difference x y :
  is_derive (fun y => exp (- exp (- y) * (1 + exp (- x))) / (1 + exp (- x))) y
    (exp (- y) * exp (- exp (- y)) * exp (- exp (- (x + y)))).
Proof.
have c0 := logistic0 x; have -> : - (x + y) = - x + - y by ring.
rewrite exp_plus Rmult_assoc -exp_plus; set c := exp (- x) in c0 *.
have -> : - exp (- y) + - (c * exp (- y)) = - exp (- y) * (1 + c) by ring.
by auto_derive; [lra | field; lra].
Qed.

Theorem logistic_right x : filterlim (fun y => exp (- exp (- y) * (1 + exp (- x))) / (1 + exp (- x)))
  (Rbar_locally p_infty) (locally (1 / (1 + exp (- x)))).
Proof. start_limit; tends (fun y : R => exp (- exp (- y) * (1 + exp (- x))) / (1 + exp (- x))). Qed.

Theorem logistic_left x : filterlim (fun y => exp (- exp (- y) * (1 + exp (- x))) / (1 + exp (- x)))
  (Rbar_locally m_infty) (locally 0).
Proof. start_limit; tends (fun y : R => exp (- exp (- y) * (1 + exp (- x))) / (1 + exp (- x))). Qed.

(** * The mean of the noise *)

Theorem gumbel_mean_bound x : x * exp (- x) * exp (- exp (- x)) - exp (- x) * exp (- exp (- x)) * (1 - exp (- x)) >= 0.
Proof.
have -> : x * exp (- x) * exp (- exp (- x)) - exp (- x) * exp (- exp (- x)) * (1 - exp (- x))
  = exp (- x) * exp (- exp (- x)) * (exp (- x) - 1 - - x) by ring.
apply: Rle_ge; apply: Rmult_le_pos (exp_gap _); apply: Rlt_le; apply: Rmult_lt_0_compat; exact: exp_pos.
Qed.

Theorem gumbel_mean_slope x :
  is_derive (fun x => - exp (- x) * exp (- exp (- x))) x (exp (- x) * exp (- exp (- x)) * (1 - exp (- x))).
Proof. certify. Qed.

Theorem gumbel_mean_right : filterlim (fun x => - exp (- x) * exp (- exp (- x))) (Rbar_locally p_infty) (locally 0).
Proof. start_limit; tends (fun x : R => - exp (- x) * exp (- exp (- x))). Qed.

Theorem gumbel_mean_left : filterlim (fun y => - y * exp (- y)) (Rbar_locally p_infty) (locally 0).
Proof. start_limit; tends (fun y : R => - (y * exp (y * - 1))). Qed.

(** * The race *)

Theorem race_minimum n (w : 'I_n -> R) t : (0 < n)%N ->
  \prod_(k < n) exp (- t * w k) = exp (- t * (\sum_(k < n) w k)).
Proof. certify. Qed.

Lemma rates_neq0 n (w : 'I_n -> R) (i : 'I_n) : (forall k : 'I_n, w k > 0) -> \sum_(k < n) w k <> 0.
Proof. by move=> pos; apply: Rgt_not_eq (sum_gt0 i _). Qed.

Theorem race_first n (w : 'I_n -> R) t (i : 'I_n) : (forall k : 'I_n, w k > 0) ->
  is_derive (fun t => - w i * exp (- t * (\sum_(l < n) w l)) / (\sum_(l < n) w l)) t
    (w i * exp (- t * w i) * (\prod_(l < n | l != i) exp (- t * w l))).
Proof. by move=> pos; have s0 := rates_neq0 i pos; certify. Qed.

Theorem race_start n (w : 'I_n -> R) (i : 'I_n) : (forall k : 'I_n, w k > 0) ->
  from_sides (fun t => (\sum_(l < n) w l) <> 0) 0 /\
  filterlim (fun t => - w i * exp (- t * (\sum_(l < n) w l)) / (\sum_(l < n) w l))
    (within (fun t => (\sum_(l < n) w l) <> 0) (locally' 0)) (locally (- w i / (\sum_(l < n) w l))).
Proof.
move=> pos; have s0 := rates_neq0 i pos.
by start_limit; tends (fun t : R => - w i * exp (- t * (\sum_(l < n) w l)) / (\sum_(l < n) w l)).
Qed.

Theorem race_end n (w : 'I_n -> R) (i : 'I_n) : (forall k : 'I_n, w k > 0) ->
  Rbar_locally p_infty (fun t => (\sum_(l < n) w l) <> 0) /\
  filterlim (fun t => - w i * exp (- t * (\sum_(l < n) w l)) / (\sum_(l < n) w l)) (Rbar_locally p_infty) (locally 0).
Proof. start_limit; tends (fun t : R => - w i * exp (- t * (\sum_(l < n) w l)) / (\sum_(l < n) w l)). Qed.

Lemma among_gt0 n (f : 'I_n -> R) (A : {set 'I_n}) : (forall k, 0 < f k) -> count (fun k => k \in A) >= 1 ->
  0 < \sum_(l < n | l \in A) f l.
Proof.
move=> pos c1; have [|m mA] := @count_member n (fun k => k \in A); first by lra.
by apply: Rlt_le_trans (pos m) (sum_ge_term (fun k _ => Rlt_le _ _ (pos k)) mA).
Qed.

Theorem race_iia n (w : 'I_n -> R) (i j : 'I_n) (A : {set 'I_n}) : (forall k : 'I_n, w k > 0) ->
  count (fun k => k \in A) >= 1 ->
  ln (w i / (\sum_(l < n | l \in A) w l)) - ln (w j / (\sum_(l < n | l \in A) w l)) = ln (w i / w j).
Proof.
move=> pos /(among_gt0 pos); set s := BigOp.bigop _ _ _ => s0; have [wi wj] : 0 < w i /\ 0 < w j by split; apply: pos.
by rewrite /Rdiv !ln_mult ?ln_Rinv //; try exact: Rinv_0_lt_compat; ring.
Qed.

Theorem ranking_sum1 n lambda (z : 'I_n -> R) (A : {set 'I_n}) : 0 < lambda -> (0 < n)%N ->
  count (fun k => k \in A) >= 1 ->
  \sum_(l < n | l \in A) (exp (lambda * z l) / (\sum_(k < n | k \in A) exp (lambda * z k))) = 1.
Proof.
move=> l0 n0 /(among_gt0 (fun k => exp_pos (lambda * z k))) s0.
by rewrite /Rdiv sum_scaler; apply: Rinv_r; lra.
Qed.

(** * What is needed *)

(** With a single rate of -1 the function is - e^t. *)
Theorem race_end_needs : ~ (forall (n : nat) (w : 'I_n -> R) (i : 'I_n),
  Rbar_locally p_infty (fun t => (\sum_(k < n) w k) <> 0) ->
  filterlim (fun t => - w i * exp (- t * (\sum_(k < n) w k)) / (\sum_(k < n) w k)) (Rbar_locally p_infty) (locally 0)).
Proof.
have s : \sum_(k < 1) -1 = -1 by rewrite big_ord_recl big_ord0; lra.
move=> /(_ 1%N (fun _ => -1) ord0); rewrite s => h; have m0 : -1 <> 0 by lra.
have near : locally 0 (fun y => Rabs y < 1).
  exists (mkposreal 1 Rlt_0_1) => y; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
  by rewrite Ropp_0 Rplus_0_r.
have [M far] := h (ex_intro _ 0 (fun t _ => m0)) _ near.
have [mt t0] : M < Rmax M 0 + 1 /\ 0 < Rmax M 0 + 1 by have := Rmax_l M 0; have := Rmax_r M 0; lra.
move: (far _ mt) (exp_ineq1_le (Rmax M 0 + 1)); set t := Rmax M 0 + 1 in mt t0 *.
have -> : - -1 * exp (- t * -1) / -1 = - exp t by rewrite (_ : - t * -1 = t); [field | ring].
by rewrite Rabs_Ropp Rabs_pos_eq => [? ?|]; have := exp_pos t; lra.
Qed.
