using Duplex.Messaging.Errors;
using Showcase.Storage;

namespace Showcase.Tests.Storage;

public sealed class TurnsTests
{
    [Fact]
    public async Task A_turn_begins_when_the_one_before_it_has_ended()
    {
        using var turns = new Turns("The store");
        var first = await turns.TakeAsync(TestContext.Current.CancellationToken);
        var second = turns.TakeAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task A_turn_that_nobody_waits_for_any_more_is_passed_on()
    {
        using var turns = new Turns("The store");
        using var impatient = new CancellationTokenSource();
        var first = await turns.TakeAsync(TestContext.Current.CancellationToken);
        var abandoned = turns.TakeAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        first.Dispose();

        (await turns.TakeAsync(TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task A_call_beyond_the_queue_is_rejected_with_429()
    {
        using var turns = new Turns("The store");
        var held = await turns.TakeAsync(TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(0, 1025).Select(_ => turns.TakeAsync(TestContext.Current.CancellationToken)).ToList();

        var first = await Task.WhenAny(waiting);

        var refused = await Assert.ThrowsAsync<ClientException>(() => first);
        Assert.Equal((429u, true, "The store is busy: try again in a moment."), (refused.Error.Code, refused.Error.IsTemporary, refused.Error.Message));
        waiting.Remove(first);
        held.Dispose();
        // In whatever order they are granted.
        await Task.WhenAll(waiting.Select(static async turn => (await turn).Dispose()));
    }
}
