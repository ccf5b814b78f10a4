using Duplex.Messaging.Errors;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Accounts;

/// <summary>The accounts of browsers. It tells their owners what changed and keeps their number bounded.</summary>
public sealed class DemoAccounts(Ledger ledger, Outbox outbox, int capacity)
{
    private readonly Dictionary<string, DemoAccount> _byUser = [];
    private readonly Dictionary<int, DemoAccount> _byNumber = [];

    /// <summary>The account of a user, or null.</summary>
    public DemoAccount? Find(string user) => _byUser.GetValueOrDefault(user);

    /// <summary>Counts a connection in; a user's first one opens the account with its starting balances.</summary>
    public DemoAccount Enter(string user, long now)
    {
        if (!_byUser.TryGetValue(user, out var account))
        {
            if (_byUser.Count >= capacity) CloseIdlest(now);
            account = new DemoAccount(user, ledger.Open());
            for (var asset = 0; asset < Listings.Assets.Count; asset++)
                ledger.Deposit(account.Number, asset, Listings.StartingBalances[asset]);
            _byUser[user] = account;
            _byNumber[account.Number] = account;
        }

        account.Connections++;
        account.LastSeen = now;
        return account;
    }

    /// <summary>Counts a connection out. The account stays until its place is needed.</summary>
    public void Leave(string user, long now)
    {
        if (Find(user) is not { } account) return;
        account.Connections--;
        account.LastSeen = now;
    }

    /// <summary>All balances of an account.</summary>
    public IReadOnlyList<BalanceMessage> BalancesOf(DemoAccount account) =>
    [
        .. Enumerable.Range(0, Listings.Assets.Count).Select(asset => new BalanceMessage(
            Listings.Assets[asset],
            MessageFormat.Amount(ledger.Free(account.Number, asset)),
            MessageFormat.Amount(ledger.Locked(account.Number, asset)))),
    ];

    /// <summary>Takes over what a command did, and tells the accounts that it concerns.</summary>
    public void Record(Market market, Execution execution, string? clientOrderId)
    {
        HashSet<DemoAccount>? touched = null;
        foreach (var state in execution.Orders)
        {
            if (!_byNumber.TryGetValue(state.Account, out var account)) continue;
            (touched ??= []).Add(account);
            var record = account.Update(market, state, clientOrderId);
            Tell(account, new OrderEvent(market.Format.Order(state, record.ClientOrderId)));
        }

        if (touched is null) return;
        foreach (var trade in execution.Trades)
        {
            Fill(market, trade, trade.MakerAccount, isMaker: true);
            Fill(market, trade, trade.TakerAccount, isMaker: false);
        }

        foreach (var account in touched) outbox.Add(ChannelOf(account), new BalancesEvent(BalancesOf(account)), ExchangeJson.Default.BalancesEvent);
    }

    private void Fill(Market market, in Trade trade, int number, bool isMaker)
    {
        if (!_byNumber.TryGetValue(number, out var account)) return;
        var fill = market.Format.Fill(trade, isMaker);
        account.Add(fill);
        outbox.Add(ChannelOf(account), new FillEvent(fill), ExchangeJson.Default.FillEvent);
    }

    private void Tell(DemoAccount account, OrderEvent message) =>
        outbox.Add(ChannelOf(account), message, ExchangeJson.Default.OrderEvent);

    /// <summary>The channel of an account's own events.</summary>
    public static string ChannelOf(DemoAccount account) => $"account:#{account.User}";

    private void CloseIdlest(long now)
    {
        var idlest = _byUser.Values.Where(account => account.Connections == 0).MinBy(account => account.LastSeen)
            ?? throw new ClientException(503, "All demo accounts are in use: watch without a key, or try again later.", isTemporary: true);
        foreach (var order in idlest.OpenOrders.ToList())
            order.Market.Cancel(idlest.Number, order.State.Id, now);
        _byUser.Remove(idlest.User);
        _byNumber.Remove(idlest.Number);
        ledger.Close(idlest.Number);
    }
}
