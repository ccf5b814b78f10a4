using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

/// <summary>Calls the methods of the server API, singly or as a batch, and writes what they answer.</summary>
internal sealed class ApiCaller(IHub hub, ILogger<ApiEndpoints> logger, TimeProvider time)
{
    private const string Batch = "batch";

    private static readonly ClientError BadBatch = ApiRefusal.Bad($"commands is not a list of at most {ApiBody.MaxCommands}");

    private readonly ApiMethods _methods = new(hub);
    private readonly LogLimiter _failures = new(time);

    /// <summary>Carries out a command and writes its answer, an object.</summary>
    public async Task<(ReadOnlyMemory<byte> Reply, ClientError? Error)> AnswerAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (method == Batch) return await AnswerBatchAsync(arguments, cancellationToken).ConfigureAwait(false);
            var reply = await CallAsync(method, arguments, cancellationToken).ConfigureAwait(false);
            return (ApiReply.Render(json => reply.WriteTo(json, "result")), reply.Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What was found cannot be written.
            LogFailure(exception, method);
            return (ApiReply.Render(ClientErrors.Internal), ClientErrors.Internal);
        }
    }

    private async Task<(ReadOnlyMemory<byte> Reply, ClientError? Error)> AnswerBatchAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !JsonText.TryFind(arguments, "commands", out var commands)
            || commands.ValueKind != JsonValueKind.Array || commands.GetArrayLength() > ApiBody.MaxCommands)
        {
            return (ApiReply.Render(BadBatch), BadBatch);
        }

        List<ApiReply> replies = [];
        if (JsonText.TryFind(arguments, "parallel", out var parallel) && parallel.ValueKind == JsonValueKind.True)
        {
            replies.AddRange(await Task.WhenAll(commands.EnumerateArray().Select(command => CallAsync(command, cancellationToken))).ConfigureAwait(false));
        }
        else
        {
            foreach (var command in commands.EnumerateArray()) replies.Add(await CallAsync(command, cancellationToken).ConfigureAwait(false));
        }

        return (ApiReply.Render(json =>
        {
            json.WriteStartArray("replies");
            foreach (var reply in replies)
            {
                json.WriteStartObject();
                reply.WriteTo(json, reply.Method);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }), null);
    }

    // A command of a batch: an object with one member, the method's name and its arguments.
    private Task<ApiReply> CallAsync(JsonElement command, CancellationToken cancellationToken)
    {
        if (command.ValueKind == JsonValueKind.Object)
        {
            foreach (var method in _methods.Names)
            {
                if (JsonText.TryFind(command, method, out var arguments)) return CallAsync(method, arguments, cancellationToken);
            }
        }

        var isCommand = command.ValueKind == JsonValueKind.Object && command.EnumerateObject().Any();
        return Task.FromResult(new ApiReply("", null, isCommand ? ClientErrors.MethodNotFound : ClientErrors.BadRequest));
    }

    private async Task<ApiReply> CallAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            return new ApiReply(method, await _methods.CallAsync(method, arguments, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ClientException exception)
        {
            logger.ApiRefused(_methods.Names.Contains(method) ? method : "", exception.Error.Code);
            return new ApiReply(method, null, exception.Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(exception, method);
            return new ApiReply(method, null, ClientErrors.Internal);
        }
    }

    private void LogFailure(Exception exception, string method)
    {
        // A method that fails is one of ours.
        if (_failures.TryTake(out var heldBack)) logger.ApiFailed(exception, method, heldBack);
        else logger.ApiFailedAgain(exception, method);
    }
}
