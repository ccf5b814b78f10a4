using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Contracts;

/// <summary>What the suites of all stores share: making stores, letting time pass, and disposing.</summary>
/// <typeparam name="TStore">The interface whose guarantees are tested.</typeparam>
public abstract class StoreContract<TStore> : IAsyncDisposable
    where TStore : class
{
    private readonly List<TStore> _stores = [];

    /// <summary>Lifetimes in the tests are multiples of it. Default one minute; an implementation with a clock of its own takes less.</summary>
    protected virtual TimeSpan Tick => TimeSpan.FromMinutes(1);

    /// <summary>Whether lifetimes follow the clock given to <see cref="Create"/>. Where they do not, the tests wait, and those that would wait for minutes are skipped.</summary>
    protected virtual bool IsDrivenByClock => true;

    /// <summary>Creates a store without content; it is disposed after the test.</summary>
    /// <param name="time">The clock of the store's lifetimes.</param>
    protected abstract TStore Create(TimeProvider time);

    /// <summary>Completes when what was published has been delivered. By default at once.</summary>
    protected virtual ValueTask SettleAsync() => default;

    /// <summary>Returns how many channels the store retains state of; null, the default, when it cannot be counted.</summary>
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

    /// <summary>Asserts that each call throws when its token is cancelled beforehand.</summary>
    internal static async Task ShouldThrowAsync(params Func<CancellationToken, Task>[] calls)
    {
        foreach (var call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(new CancellationToken(canceled: true))).ConfigureAwait(false);
    }
}
