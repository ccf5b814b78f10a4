namespace Showcase.Exchange.Matching;

/// <summary>
/// Who has how much of what. Amounts only move between accounts, or between free and locked; they come in by
/// <see cref="Deposit"/> and leave by <see cref="Close"/>, so the sum over all accounts is always <see cref="Supply"/>.
/// </summary>
public sealed class Ledger(int assetCount)
{
    /// <summary>The account that collects the fees.</summary>
    public const int FeeAccount = 0;

    private readonly long[] _supply = new long[assetCount];
    private readonly Stack<int> _closed = new();
    private long[] _free = new long[assetCount * 16];
    private long[] _locked = new long[assetCount * 16];

    /// <summary>One more than the highest account number.</summary>
    public int AccountCount { get; private set; } = 1;

    /// <summary>What an account may spend.</summary>
    public long Free(int account, int asset) => _free[(account * assetCount) + asset];

    /// <summary>What an account has promised to its open orders.</summary>
    public long Locked(int account, int asset) => _locked[(account * assetCount) + asset];

    /// <summary>All there is of an asset.</summary>
    public long Supply(int asset) => _supply[asset];

    /// <summary>Opens an account without balances; numbers of closed accounts come again.</summary>
    public int Open()
    {
        if (_closed.TryPop(out var account)) return account;
        account = AccountCount++;
        if (AccountCount * assetCount > _free.Length)
        {
            Array.Resize(ref _free, _free.Length * 2);
            Array.Resize(ref _locked, _locked.Length * 2);
        }

        return account;
    }

    /// <summary>Closes an account whose orders are all final; its balances leave the exchange.</summary>
    public void Close(int account)
    {
        for (var asset = 0; asset < assetCount; asset++)
            if (Locked(account, asset) != 0) throw new InvalidOperationException("The account has open orders.");
        for (var asset = 0; asset < assetCount; asset++)
        {
            _supply[asset] -= Free(account, asset);
            _free[(account * assetCount) + asset] = 0;
        }

        _closed.Push(account);
    }

    /// <summary>Brings an amount in. The supply of an asset fits a long, hence so does every balance.</summary>
    public void Deposit(int account, int asset, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        _supply[asset] = checked(_supply[asset] + amount);
        _free[(account * assetCount) + asset] += amount;
    }

    internal void Lock(int account, int asset, long amount)
    {
        _free[(account * assetCount) + asset] -= amount;
        _locked[(account * assetCount) + asset] += amount;
    }

    internal void Unlock(int account, int asset, long amount) => Lock(account, asset, -amount);

    internal void Pay(int account, int asset, long amount) => _free[(account * assetCount) + asset] -= amount;

    internal void PayLocked(int account, int asset, long amount) => _locked[(account * assetCount) + asset] -= amount;

    /// <summary>Credits what a trade brought, less its fee.</summary>
    internal void Receive(int account, int asset, long amount, long fee)
    {
        _free[(account * assetCount) + asset] += amount - fee;
        _free[(FeeAccount * assetCount) + asset] += fee;
    }
}
