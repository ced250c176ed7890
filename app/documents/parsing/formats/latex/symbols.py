"""What commands of LaTeX print: letters, accents, signs of formulas and units."""

from __future__ import annotations

from html.entities import html5

GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi
    psi omega
    """


def _pairs(text: str) -> dict[str, str]:
    """Names and signs of `name=sign` in a text."""
    return dict(pair.split("=", 1) for pair in text.split())


ACCENTS = dict(
    zip(
        "'`^\"~=.cvHukdrb",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u030b\u0306\u0328\u0323\u030a\u0331",
        strict=True,
    )
)
MATH_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308"}
SIGNS = {
    **{name: html5[f"{name};"] for word in GREEK.split() for name in (word, word.capitalize())},
    **_pairs(
        r"""
        ss=ß ae=æ AE=Æ oe=œ OE=Œ o=ø O=Ø l=ł L=Ł aa=å AA=Å i=ı j=ȷ S=§ P=¶ pounds=£ euro=€ EUR=€ texteuro=€ copyright=©
        textregistered=® texttrademark=™ textdegree=° degree=° circ=° textbackslash=\ textasciitilde=~
        textasciicircum=^ textbar=| textless=< textgreater=> textunderscore=_ textendash=– textemdash=— ldots=… dots=…
        cdots=… textquotedblleft=“ textquotedblright=” textquoteleft=‘ textquoteright=’ guillemotleft=« guillemotright=»
        textmu=µ textperthousand=‰ textonehalf=½ textordmasculine=º textordfeminine=ª times=× cdot=· div=÷ pm=± mp=∓
        le=≤ leq=≤ ge=≥ geq=≥ ne=≠ neq=≠ ll=≪ gg=≫ approx=≈ sim=~ equiv=≡ propto=∝ infty=∞ to=→ rightarrow=→
        Rightarrow=⇒ leftarrow=← Leftarrow=⇐ leftrightarrow=↔ Leftrightarrow=⇔ mapsto=↦ implies=⇒ iff=⇔ uparrow=↑
        downarrow=↓ sum=∑ prod=∏ int=∫ partial=∂ nabla=∇ sqrt=√ forall=∀ exists=∃ neg=¬ wedge=∧ vee=∨ subset=⊂ supset=⊃
        subseteq=⊆ supseteq=⊇ cup=∪ cap=∩ emptyset=∅ setminus=∖ notin=∉ in=∈ oplus=⊕ otimes=⊗ star=⋆ bullet=• dagger=†
        ell=ℓ Re=ℜ Im=ℑ hbar=ℏ angle=∠
        perp=⊥ checkmark=✓ varepsilon=ε varphi=φ vartheta=ϑ langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋
        mid=| lceil=⌈ rceil=⌉ prime=′ lbrace={ rbrace=} vert=|
        """
    ),
    **{name: name for name in "sin cos tan log ln exp max min lim det gcd mod LaTeX TeX BibTeX".split()},
}
SPACES = set(
    "quad qquad space enspace thinspace newline linebreak par hfill hspace vspace smallskip medskip bigskip".split()
)
UNITS = _pairs(
    """
    kilo=k mega=M giga=G tera=T milli=m micro=µ nano=n centi=c deci=d hecto=h gram=g metre=m meter=m second=s
    minute=min hour=h day=d litre=L liter=L kelvin=K celsius=°C degreeCelsius=°C degree=° percent=% volt=V ampere=A
    watt=W joule=J newton=N pascal=Pa bar=bar hertz=Hz ohm=Ω mole=mol candela=cd tonne=t byte=B bit=bit per=/
    square=^2 squared=^2 cubic=^3 cubed=^3 kg=kg km=km cm=cm mm=mm electronvolt=eV
    """
)
