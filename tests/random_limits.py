"""Random claims about limits, most of them false: expressions, limit points, values and hypotheses at random.

lines(seed)      an endless stream of lines of the claim language
"""

import re
from collections.abc import Iterator
from random import Random

INSIDE = """
p[i]; p[i]*p[j]; p[i]/p[j]; p[i] - p[j]; 1 - p[i]; log(p[i]); T*log(Z); log(Z); Z; Z*p[i]; mean(z[k], k); mean(v[k],
k); var(z[k], k); var(v[k], k); entropy(p); sum(p[k]^2, k); sum(v[k]*p[k], k); sum(p[k], k in A); sum(p[k], k != i);
diff(p[i], z[j]); diff(p[i], z[i]); diff(log(Z), lambda); exp(lambda*(z[i] - z[j])); exp(lambda*(z[i] - max(z)));
p[i] - 1/n; tanh(lambda*(z[i] - z[j])); abs(p[i] - p[j]); sqrt(p[i]); lambda*(max(z) - mean(z[k], k)); log(Z) -
lambda*max(z); v[i]*p[i]; sum((z[k] - z[i])*p[k], k); log(n) - entropy(p); p[i]/(p[i] + p[j]);
sum(exp(lambda*z[k])*v[k], k)/Z; max(z) - z[i]; 1/(1 + exp(-lambda*z[i])); p[i]^2 - 1/n^2; c*p[i]; softmax(z,
c*lambda)[i]
"""
FACTORS = ("{}",) * 6 + ("({})/lambda", "lambda*({})", "2*({})", "-({})", "({})/lambda^2", "T*({})", "1/({})")
WAYS = """
lambda, 0; lambda, oo; T, 0; T, oo; z[i], oo; z[i], -oo; lambda, 1; z[j], oo; z[j], z[i]; c, 0
"""
VALUES = """
0; 1; -1; oo; -oo; 1/n; 1/2; 1/count(z[k] == max(z), k); log(count(z[k] == max(z), k)); max(z); min(z); z[i]; z[i] -
max(z); sum(z[k], k)/n; z[i]/n; (z[i] - sum(z[k], k)/n)/n; log(n); n; p[i]; 1 - 1/n; 1 - 1/count(z[k] == max(z), k);
(delta(i, j) - 1/n)/n; (delta(i, j) - 1/count(z[k] == max(z), k))/count(z[k] == max(z), k); z[i] - z[j]; lambda;
v[i]; sum(v[k], k)/n; max(z[k], k != i) - z[i]; delta(i, j); 1 - delta(i, j); size(A)/count(z[k] == max(z), k);
sum(z[k]^2, k)/n - (sum(z[k], k)/n)^2; (sum(z[k]^2, k)/n - (sum(z[k], k)/n)^2)/2; c; c/n; max(v); 1/n^2
"""
HYPOTHESES = """
z[i] == max(z); z[i] < max(z); z[j] == max(z); z[i] > z[j]; z[i] == z[j]; n >= 2; n == 1; n == 2; n <= 3; i != j; i
== j; all(z[i] > z[k], k != i); all(z[i] >= z[k], k != i); count(z[k] == max(z), k) == 1; count(z[k] == max(z), k)
>= 2; max(z) == min(z); max(z) > 0; max(z) == 0; max(z) < 0; z[k] <= 0; A == argmax(z); A == argmin(z); i in A; i
not in A; c > 0; c == 0; c < 0; v[k] > 0; sum(v[k], k) == 1; z[i] == min(z); max(z) - z[i] >= 1; v[k] == z[k];
lambda == 2
"""


def choices(text: str) -> list[str]:
    """The pieces between semicolons, which a line may break anywhere."""
    return re.split(r";\s+", " ".join(text.split()))


def lines(seed: int) -> Iterator[str]:
    """Claims, one after the other."""
    rng = Random(seed)
    insides, ways, values, hypotheses = map(choices, (INSIDE, WAYS, VALUES, HYPOTHESES))
    while True:
        inside = rng.choice(FACTORS).format(rng.choice(insides))
        side = f"limit({inside}, {rng.choice(ways)})"
        if rng.random() < 0.1:
            side = f"{side} + {rng.choice(values[5:])}"
        op = rng.choice(("==", "==", "==", "<=", ">=", "<", "!="))
        relation = f"{side} {op} {rng.choice(values)}"
        given = rng.sample(hypotheses, rng.choice((0, 1, 1, 2, 2, 3)))
        spoken = re.findall(r"\b[ij]\b", relation)
        free = [each for each in given if set(re.findall(r"\b[ij]\b", each)) <= set(spoken)]
        yield relation + (" given " + ", ".join(free) if free else "")
