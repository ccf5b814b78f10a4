using Duplex.Server.CommandLine;

return await Commands.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
