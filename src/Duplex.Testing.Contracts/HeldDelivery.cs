namespace Duplex.Testing.Contracts;

/// <summary>A delivery that blocks in the receiver until other calls have returned.</summary>
internal sealed class HeldDelivery : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _released = new();

    /// <summary>Blocks the receiver until the calls have returned.</summary>
    public void Enter()
    {
        _entered.Set();
        _released.Wait(Limit);
    }

    /// <summary>Asserts that calls return while the delivery of a publication is blocked. Their tasks may complete later.</summary>
    /// <param name="publish">Publishes the publication that is delivered.</param>
    /// <param name="calls">Makes the calls.</param>
    public async Task ShouldNotHoldUpAsync(Func<Task> publish, Func<Task> calls)
    {
        var publishing = Task.Run(publish);
        Assert.True(await Task.Run(() => _entered.Wait(Limit)).ConfigureAwait(false), "Nothing was delivered.");
        var made = Task.Factory.StartNew(calls, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var first = await Task.WhenAny(made, Task.Delay(Limit / 2)).ConfigureAwait(false);
        _released.Set();

        Assert.Same(made, first);
        await (await made.ConfigureAwait(false)).ConfigureAwait(false);
        await publishing.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _entered.Dispose();
        _released.Dispose();
    }
}
