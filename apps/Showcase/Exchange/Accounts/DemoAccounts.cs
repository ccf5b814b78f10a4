using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Accounts;

/// <summary>
/// Manages the demo accounts: opens one on a user's first call, publishes changes to its owner and bounds the number of
/// accounts. Open connections do not keep an account open. When an address reaches its limit, its least recently used
/// account is closed; when the total reaches its limit, the address with the most accounts loses one.
/// </summary>
public sealed class DemoAccounts(Ledger ledger, Outbox outbox, ExchangeOptions options)
{
    private readonly Dictionary<string, DemoAccount> _byUser = [];
    private readonly Dictionary<int, DemoAccount> _byNumber = [];
    private readonly Dictionary<string, List<DemoAccount>> _byAddress = [];

    /// <summary>The number of open accounts.</summary>
    public int Count => _byUser.Count;

    /// <summary>Returns the account of a user, or null when the user has none.</summary>
    public DemoAccount? Find(string user) => _byUser.GetValueOrDefault(user);

    /// <summary>Returns the account of a user. The first call opens it with the starting balances.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="address">The address group of the user's connection.</param>
    /// <param name="now">The current time in Unix milliseconds.</param>
    public DemoAccount Enter(string user, string address, long now)
    {
        if (!_byUser.TryGetValue(user, out var account))
        {
            MakeRoom(address, now);
            account = new DemoAccount(user, address, ledger.Open());
            for (var asset = 0; asset < Listings.Assets.Count; asset++)
                ledger.Deposit(account.Number, asset, Listings.StartingBalances[asset]);
            _byUser[user] = account;
            _byNumber[account.Number] = account;
            if (!_byAddress.TryGetValue(address, out var own)) _byAddress[address] = own = [];
            own.Add(account);
        }

        account.LastSeen = now;
        return account;
    }

    /// <summary>Returns the number of resting orders of all accounts of an address.</summary>
    public int OpenOrdersOf(string address) => _byAddress.TryGetValue(address, out var own) ? own.Sum(account => account.OpenOrderCount) : 0;

    /// <summary>Returns all balances of an account.</summary>
    public IReadOnlyList<BalanceMessage> BalancesOf(DemoAccount account) =>
    [
        .. Enumerable.Range(0, Listings.Assets.Count).Select(asset => new BalanceMessage(
            Listings.Assets[asset],
            MessageFormat.Amount(ledger.Free(account.Number, asset)),
            MessageFormat.Amount(ledger.Locked(account.Number, asset)))),
    ];

    /// <summary>Records the outcome of a command and publishes it to the owners of the affected accounts.</summary>
    public void Record(Market market, Execution execution, string? clientOrderId)
    {
        HashSet<DemoAccount>? affected = null;
        foreach (var state in execution.Orders)
        {
            if (!_byNumber.TryGetValue(state.Account, out var account)) continue;
            (affected ??= []).Add(account);
            var record = account.Update(market, state, clientOrderId);
            Publish(account, new OrderEvent(market.Format.Order(state, record.ClientOrderId)));
        }

        if (affected is null) return;
        foreach (var trade in execution.Trades)
        {
            Fill(market, trade, trade.MakerAccount, isMaker: true);
            Fill(market, trade, trade.TakerAccount, isMaker: false);
        }

        foreach (var account in affected) outbox.Add(ChannelOf(account.User), new BalancesEvent(BalancesOf(account)), ExchangeJson.Default.BalancesEvent);
    }

    /// <summary>Returns the channel of an account's events.</summary>
    public static string ChannelOf(string user) => $"account:#{user}";

    private void Fill(Market market, in Trade trade, int number, bool isMaker)
    {
        if (!_byNumber.TryGetValue(number, out var account)) return;
        var fill = market.Format.Fill(trade, isMaker);
        account.Add(fill);
        outbox.Add(ChannelOf(account.User), new FillEvent(fill), ExchangeJson.Default.FillEvent);
    }

    private void Publish(DemoAccount account, OrderEvent message) =>
        outbox.Add(ChannelOf(account.User), message, ExchangeJson.Default.OrderEvent);

    private void MakeRoom(string address, long now)
    {
        if (_byAddress.TryGetValue(address, out var own) && own.Count >= options.MaxAccountsPerAddress)
        {
            Close(Idlest(own), now);
            return;
        }

        if (_byUser.Count < options.MaxAccounts) return;
        var most = _byAddress.Values.MaxBy(accounts => accounts.Count)!;
        Close(Idlest(most.Count > 1 ? most : _byUser.Values), now);
    }

    private static DemoAccount Idlest(IEnumerable<DemoAccount> accounts) => accounts.MinBy(account => account.LastSeen)!;

    private void Close(DemoAccount account, long now)
    {
        foreach (var order in account.OpenOrders.ToList())
            order.Market.Cancel(account.Number, order.State.Id, now);
        _byUser.Remove(account.User);
        _byNumber.Remove(account.Number);
        var own = _byAddress[account.Address];
        own.Remove(account);
        if (own.Count == 0) _byAddress.Remove(account.Address);
        ledger.Close(account.Number);
    }
}
