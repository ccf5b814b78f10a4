// Calls over the connection: a request, a result or an error, and a publication to everybody.
using Rpc;

var builder = WebApplication.CreateBuilder(args);
Counter.AddTo(builder);

var app = builder.Build();
app.UseFileServer();
Counter.MapTo(app);
app.Run();
