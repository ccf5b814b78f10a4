using Microsoft.Extensions.Time.Testing;
using Showcase.Stage.Shows;

namespace Showcase.Tests.Stage.Shows;

/// <summary>The reactions of the last five seconds.</summary>
public sealed class ReactionsTests
{
    [Fact]
    public void Reactions_are_added_up_by_kind_and_forgotten_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        var reactions = new Reactions(kinds: 2, time);
        for (var second = 0; second < 4; second++)
        {
            reactions.Add(1);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 4], reactions.Sum());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([0, 3], reactions.Sum());
        time.Advance(TimeSpan.FromDays(1));
        reactions.Add(0);
        Assert.Equal([1, 0], reactions.Sum());
    }
}
