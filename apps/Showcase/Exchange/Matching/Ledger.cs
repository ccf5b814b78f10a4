namespace Showcase.Exchange.Matching;

/// <summary>
/// Holds the balances of all accounts. Amounts only move between accounts, or between free and locked. They enter through
/// <see cref="Deposit"/> and leave through <see cref="Close"/>, so the sum over all accounts always equals <see cref="Supply"/>.
/// </summary>
public sealed class Ledger(int assetCount)
{
    /// <summary>The account that collects the fees.</summary>
    public const int FeeAccount = 0;

    private readonly long[] _supply = new long[assetCount];
    private readonly Stack<int> _closed = new();
    private long[] _free = new long[assetCount * 16];
    private long[] _locked = new long[assetCount * 16];

    /// <summary>The highest account number plus one.</summary>
    public int AccountCount { get; private set; } = 1;

    /// <summary>Returns the free balance of an account, which it can spend.</summary>
    public long Free(int account, int asset) => _free[(account * assetCount) + asset];

    /// <summary>Returns the locked balance of an account, which is reserved for its open orders.</summary>
    public long Locked(int account, int asset) => _locked[(account * assetCount) + asset];

    /// <summary>Returns the total supply of an asset.</summary>
    public long Supply(int asset) => _supply[asset];

    /// <summary>Opens an account with zero balances. Numbers of closed accounts are reused.</summary>
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

    /// <summary>Closes an account without open orders. Its balances are removed from the supply.</summary>
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

    /// <summary>Adds an amount to an account and to the supply. The supply of an asset fits a long, hence so does every balance.</summary>
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

    /// <summary>Credits the proceeds of a trade, less the fee.</summary>
    internal void Receive(int account, int asset, long amount, long fee)
    {
        _free[(account * assetCount) + asset] += amount - fee;
        _free[(FeeAccount * assetCount) + asset] += fee;
    }
}
