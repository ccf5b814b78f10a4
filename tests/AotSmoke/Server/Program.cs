// The smallest server on the engine, without ASP.NET Core: prints its port and echoes, compressed when the client wants it.
using System.Net;
using System.Net.Sockets;
using AotEchoServer;
using Duplex.Execution;
using Microsoft.Extensions.Logging.Abstractions;

using var shards = new ThreadPoolShards(TimeProvider.System, NullLoggerFactory.Instance);
using var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
while (true) _ = EchoConnection.ServeAsync(await listener.AcceptSocketAsync(), shards.Next());
