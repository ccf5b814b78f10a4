using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Contracts;

/// <summary>The base of the suites of all stores: creates and disposes stores and advances their clock.</summary>
/// <typeparam name="TStore">The interface whose guarantees are tested.</typeparam>
public abstract class StoreContract<TStore> : IAsyncDisposable
    where TStore : class
{
    private readonly List<TStore> _stores = [];

    /// <summary>The unit of lifetimes in the tests. Default 1 minute; an implementation with a clock of its own overrides it with a shorter time.</summary>
    protected virtual TimeSpan Tick => TimeSpan.FromMinutes(1);

    /// <summary>Whether lifetimes follow the clock passed to <see cref="Create"/>. Default true. If false, the tests wait in real time, and tests that would wait for minutes are skipped.</summary>
    protected virtual bool IsDrivenByClock => true;

    /// <summary>Creates an empty store, which is disposed after the test.</summary>
    /// <param name="time">The clock of the store's lifetimes.</param>
    protected abstract TStore Create(TimeProvider time);

    /// <summary>Waits until publications have been delivered. The default implementation completes at once.</summary>
    protected virtual ValueTask SettleAsync() => default;

    /// <summary>Returns the number of channels whose state the store retains; null, the default, when the store cannot count them.</summary>
    /// <param name="store">A store that <see cref="Create"/> created.</param>
    protected virtual long? CountChannels(TStore store) => null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            if (store is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
            else (store as IDisposable)?.Dispose();
        }

        _stores.Clear();
        GC.SuppressFinalize(this);
    }

    internal TStore Make(TimeProvider time)
    {
        var store = Create(time);
        _stores.Add(store);
        return store;
    }

    internal async Task PassAsync(FakeTimeProvider time, TimeSpan by)
    {
        time.Advance(by);
        if (!IsDrivenByClock) await Task.Delay(by).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
    }

    internal void SkipUnlessDriven() => Assert.SkipUnless(IsDrivenByClock, "The store's lifetimes do not follow the given clock.");

    internal long CountOrSkip(TStore store)
    {
        if (CountChannels(store) is { } count) return count;
        Assert.Skip("The store does not count its channels.");
        return 0;
    }

    /// <summary>Asserts that each call throws when its token is already cancelled.</summary>
    internal static async Task ShouldThrowAsync(params Func<CancellationToken, Task>[] calls)
    {
        foreach (var call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(new CancellationToken(canceled: true))).ConfigureAwait(false);
    }
}
