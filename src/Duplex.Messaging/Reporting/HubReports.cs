using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Microsoft.Extensions.Logging;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// Logs what fails and what is refused. Peers' own doing is for Debug; what an operator must see has a level above it,
/// at which each kind is logged once in a period and at Debug otherwise. What clients chose is made fit for a log here.
/// A logger that throws costs the entry and nothing else. Safe from any thread.
/// </summary>
internal sealed class HubReports(ILogger logger, TimeProvider time)
{
    private const string NoAdvice = "No option changes that.";

    private readonly LogRate _failures = new(time, TimeSpan.FromSeconds(10));
    private readonly LogRate _refusals = new(time, TimeSpan.FromMinutes(1));

    public void HandlerFailed(Exception exception, string target, string client) => Fail(
        nameof(HandlerFailed), exception, (target, client), static (logger, level, exception, of) => logger.HandlerFailed(level, exception, LogText.Of(of.target), of.client));

    public void BrokerFailed(Exception exception, string channel) => Fail(
        nameof(BrokerFailed), exception, channel, static (logger, level, exception, channel) => logger.BrokerFailed(level, exception, LogText.Of(channel)));

    public void PollFailed(Exception exception, string channel) => Fail(
        nameof(PollFailed), exception, channel, static (logger, level, exception, channel) => logger.PollFailed(level, exception, LogText.Of(channel)));

    public void CommandFailed(Exception exception, Client client) => Fail(
        nameof(CommandFailed), exception, client, static (logger, level, exception, client) => logger.CommandFailed(level, exception, client.Id));

    public void CloseFailed(Exception exception, Client client) => Fail(
        nameof(CloseFailed), exception, client, static (logger, level, exception, client) => logger.CloseFailed(level, exception, client.Transport, client.Id));

    public void CallbackFailed(Exception exception, Client client) => Fail(
        nameof(CallbackFailed), exception, client, static (logger, level, exception, client) => logger.CallbackFailed(level, exception, client.Id));

    /// <summary>A command was refused, or ends the connection. What failed on our side has been logged where it did.</summary>
    public void Refused(Client client, string command, string target, ClientError? error, Disconnect? disconnect)
    {
        if (error == ClientErrors.Internal || disconnect == Disconnects.ConnectionClosed) return;
        var (code, reason) = error is null ? (disconnect!.Code, disconnect.Reason) : (error.Code, error.Message);
        var advice = error is null ? Advice.For(disconnect!) : Advice.For(error);
        Refuse(advice, command, code, (client, command, target, code, reason), static (logger, level, advice, of) =>
            logger.Refused(level, of.command, of.client.Id, LogText.Of(of.client.User), LogText.Of(of.target), of.code, LogText.Of(of.reason), advice));
    }

    /// <summary>A connection ends.</summary>
    public void Ended(Client client, Disconnect disconnect) =>
        Refuse(Advice.For(disconnect), nameof(Ended), disconnect.Code, (client, disconnect), static (logger, level, advice, of) =>
            logger.Ended(level, of.client.Id, LogText.Of(of.client.User), of.disconnect.Code, LogText.Of(of.disconnect.Reason), advice));

    /// <summary>What a client sent breaks the grammar.</summary>
    public void Malformed(Client client, string reason) => Refuse(null, nameof(Malformed), 0, (client, reason), static (logger, _, _, of) =>
        logger.Malformed(of.client.Id, LogText.Of(of.client.User), LogText.Of(of.reason)));

    private void Fail<TState>(string name, Exception exception, TState of, Action<ILogger, LogLevel, Exception, TState> write)
    {
        try
        {
            var level = LevelOf(_failures, LogLevel.Error, name, exception.GetType());
            write(logger, level, exception, of);
        }
        catch (Exception)
        {
            // The logger is the application's too, and there is nowhere left to say it.
        }
    }

    private void Refuse<TState>(string? advice, string name, uint code, TState of, Action<ILogger, LogLevel, string, TState> write)
    {
        try
        {
            var level = advice is null ? LogLevel.Debug : LevelOf(_refusals, LogLevel.Information, name, code);
            if (logger.IsEnabled(level)) write(logger, level, advice ?? NoAdvice, of);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private LogLevel LevelOf(LogRate rate, LogLevel level, string name, object cause)
    {
        if (!rate.TryTake(name, cause, out var heldBack)) return LogLevel.Debug;
        if (heldBack > 0) logger.HeldBack(level, heldBack);
        return level;
    }
}
