import sys, statistics, collections
from tests.assistant.conftest import *
from tests.assistant.test_answering import is_right, reasons, kinds, answerable, unanswerable
def test_m(gold):
    with open('/tmp/ta_measure.txt','w') as o:
        for f in sorted({g.file for g in gold}):
            for sp in ('development','validation'):
                d=[g for g in gold if g.file==f and g.case['split']==sp]; a=answerable(d); u=unanswerable(d)
                print(f,sp,'right',sum(map(is_right,a)),len(a),'refused wrongly',sum(g.answer.status=='refused' for g in a),'refused',sum(g.answer.status=='refused' for g in u),len(u),'reason',sum(g.answer.refusal in reasons(g) for g in u),'warn',sum(w in kinds(g.answer) for g in d for w in g.case['warnings']),sum(len(g.case['warnings']) for g in d),file=o)
                if sp=='development' and f.endswith('2022.yaml'):
                    for g in a:
                        if not is_right(g): print('   WRONG',g.case['id'],g.case['question'],g.case['expected'],g.answer.text[:200].replace('\n',' '),file=o)
        L=[len(c.quote) for g in gold if g.answer.claims for c in g.answer.citations]
        print('median',statistics.median(L),'max',max(L),collections.Counter(len(g.answer.claims) for g in gold),len(gold),file=o)
