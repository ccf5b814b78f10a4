using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Microsoft.Extensions.Logging;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// Logs failures, and every refusal and disconnect once. Faults of peers are logged at Debug. An event that an operator can change
/// is logged at Information, the first of each kind in a minute, and the others at Debug. Text from clients is sanitized for
/// the log here. When a logger throws, only the entry is lost. Safe from any thread.
/// </summary>
internal sealed class HubReports(ILogger logger, TimeProvider time)
{
    private readonly LogRate _failures = new(time, TimeSpan.FromSeconds(10));
    private readonly LogRate _refusals = new(time, TimeSpan.FromMinutes(1));

    public void HandlerFailed(Exception exception, string target, string client) => Fail(
        nameof(HandlerFailed), exception, (target, client), static (entry, of) => entry.Logger.HandlerFailed(entry.Level, entry.Exception, LogText.Of(of.target), of.client, entry.HeldBack));

    /// <summary>Logs a handler that exceeded the time limit.</summary>
    public void HandlerTimedOut(string type, string target, string client, TimeSpan limit)
    {
        try
        {
            var level = _failures.TryTake(nameof(HandlerTimedOut), type, out var heldBack) ? LogLevel.Error : LogLevel.Debug;
            logger.HandlerTimedOut(level, type, LogText.Of(target), client, limit, heldBack);
        }
        catch (Exception)
        {
            // As in Fail.
        }
    }

    public void BrokerFailed(Exception exception, string channel) => Fail(
        nameof(BrokerFailed), exception, channel, static (entry, channel) => entry.Logger.BrokerFailed(entry.Level, entry.Exception, LogText.Of(channel), entry.HeldBack));

    public void PollFailed(Exception exception, string channel) => Fail(
        nameof(PollFailed), exception, channel, static (entry, channel) => entry.Logger.PollFailed(entry.Level, entry.Exception, LogText.Of(channel), entry.HeldBack));

    public void CommandFailed(Exception exception, ClientContext client) => Fail(
        nameof(CommandFailed), exception, client, static (entry, client) => entry.Logger.CommandFailed(entry.Level, entry.Exception, client.Id, entry.HeldBack));

    public void CloseFailed(Exception exception, ClientContext client) => Fail(
        nameof(CloseFailed), exception, client, static (entry, client) => entry.Logger.CloseFailed(entry.Level, entry.Exception, client.Transport, client.Id, entry.HeldBack));

    public void CallbackFailed(Exception exception, ClientContext client) => Fail(
        nameof(CallbackFailed), exception, client, static (entry, client) => entry.Logger.CallbackFailed(entry.Level, entry.Exception, client.Id, entry.HeldBack));

    /// <summary>Logs a command that was refused with an error. A failure of the server (100) is logged where it occurs.</summary>
    public void Refused(ClientContext client, string command, string target, ClientError error)
    {
        if (error.Code == ClientErrors.Internal.Code && error.Explanation is null) return;
        var (sentence, isForOperator) = Explanations.Of(error);
        Refuse(client, command, target, error.Code, error.Message, sentence, isForOperator);
    }

    /// <summary>Logs a command that was refused by ending the connection.</summary>
    /// <returns>The disconnect, marked as reported so that the end is not logged again.</returns>
    public Disconnect Refused(ClientContext client, string command, string target, Disconnect disconnect)
    {
        // The client has left in the meantime, which is logged as its end.
        if (disconnect.Code == Disconnects.ConnectionClosed.Code || disconnect.IsReported) return disconnect;
        var (sentence, isForOperator) = Explanations.Of(disconnect);
        Refuse(client, command, target, disconnect.Code, disconnect.Reason, sentence, isForOperator);
        return disconnect with { IsReported = true };
    }

    /// <summary>Logs the end of a connection, unless the refusal that caused it has been logged.</summary>
    public void Ended(ClientContext client, Disconnect disconnect)
    {
        if (disconnect.IsReported) return;
        var (sentence, isForOperator) = Explanations.Of(disconnect);
        Write(nameof(Ended), disconnect.Code, isForOperator, (client, disconnect, sentence), static (entry, of) => entry.Logger.ClientDisconnected(
            entry.Level,
            of.client.Id,
            LogText.Of(of.client.User),
            AddressOf(of.client),
            of.disconnect.Code,
            LogText.Of(of.disconnect.Reason),
            LogText.Of(of.sentence),
            entry.HeldBack));
    }

    /// <summary>Logs a subscription that the hub ends.</summary>
    public void Unsubscribed(ClientContext client, string channel, Unsubscription reason)
    {
        try
        {
            if (!logger.IsEnabled(LogLevel.Debug)) return;
            logger.ClientUnsubscribed(client.Id, LogText.Of(client.User), LogText.Of(channel), reason.Code, LogText.Of(reason.Reason), Explanations.Of(reason));
        }
        catch (Exception)
        {
            // As in Fail.
        }
    }

    private void Refuse(ClientContext client, string command, string target, uint code, string reason, string sentence, bool isForOperator) =>
        Write(command, code, isForOperator, (client, command, target, code, reason, sentence), static (entry, of) => entry.Logger.CommandRefused(
            entry.Level,
            of.command,
            of.client.Id,
            LogText.Of(of.client.User),
            AddressOf(of.client),
            LogText.Of(of.target),
            of.code,
            LogText.Of(of.reason),
            LogText.Of(of.sentence),
            entry.HeldBack));

    private void Fail<TState>(string name, Exception exception, TState of, Action<Entry, TState> write)
    {
        try
        {
            var level = _failures.TryTake(name, exception.GetType(), out var heldBack) ? LogLevel.Error : LogLevel.Debug;
            write(new Entry(logger, level, heldBack, exception), of);
        }
        catch (Exception)
        {
            // The logger belongs to the application, and its failure cannot be reported anywhere else.
        }
    }

    private void Write<TState>(string name, uint code, bool isForOperator, TState of, Action<Entry, TState> write)
    {
        try
        {
            var heldBack = 0L;
            var level = isForOperator && _refusals.TryTake(name, code, out heldBack) ? LogLevel.Information : LogLevel.Debug;
            if (logger.IsEnabled(level)) write(new Entry(logger, level, heldBack), of);
        }
        catch (Exception)
        {
            // As in Fail.
        }
    }

    private static string AddressOf(ClientContext client) => client.RemoteEndPoint?.ToString() ?? "unknown";

    private readonly record struct Entry(ILogger Logger, LogLevel Level, long HeldBack, Exception Exception = null!);
}
