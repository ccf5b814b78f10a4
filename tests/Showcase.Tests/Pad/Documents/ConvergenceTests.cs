using CsCheck;
using Showcase.Pad.Documents;
using Showcase.Tests.Pad.Changes;

namespace Showcase.Tests.Pad.Documents;

/// <summary>Pages that edit one text over a network that delays, loses and repeats end with the same text.</summary>
public sealed class ConvergenceTests
{
    private const int Pages = 4;

    private enum Kind
    {
        Edit,
        Push,
        Receive,
        LoseAndPush,
        PushTwice,
    }

    [Fact]
    public void All_pages_and_the_server_have_one_text_in_the_end() => Gen.Select(Gen.Int[0, Pages - 1], Gen.Enum<Kind>(), Gen.UInt).Array[0, 120].Sample(
        static steps =>
        {
            var log = new List<Push>();
            var pages = Enumerable.Range(0, Pages).Select(static number => new ModelPage($"page-{number}")).ToArray();
            foreach (var (index, kind, seed) in steps)
            {
                var page = pages[index];
                switch (kind)
                {
                    case Kind.Edit:
                        page.Edit(ChangeGen.Of(page.Text).Generate(new PCG(seed), null, out _));
                        break;
                    case Kind.Receive:
                        if (log.Find(push => push.End > page.Version) is { } next) page.Receive(next);
                        break;
                    case Kind.LoseAndPush:
                        page.Send();
                        Accept(log, page.Send());
                        break;
                    case Kind.PushTwice:
                        Accept(log, page.Send());
                        Accept(log, page.Send());
                        break;
                    default:
                        Accept(log, page.Send());
                        break;
                }
            }

            // Each page sends what is left and reads the log to its end.
            foreach (var page in pages) Accept(log, page.Send());
            var text = log.SelectMany(static push => push.Updates).Aggregate("", static (before, update) => update.Apply(before));
            foreach (var page in pages)
            {
                foreach (var push in log) page.Receive(push);
                Assert.False(page.HasUnsent);
                Assert.Equal(text, page.Text);
            }
        },
        iter: 500);

    private static void Accept(List<Push> log, Push sent)
    {
        if (sent.Updates.Count == 0) return;
        var rebased = Rebase.Over(sent, log.Where(push => push.Version >= sent.Version));
        if (rebased.Updates.Count > 0) log.Add(rebased);
    }
}
