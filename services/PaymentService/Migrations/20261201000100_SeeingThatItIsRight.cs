using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <summary>Messages of the outbox say since when they have been due.</summary>
    public partial class SeeingThatItIsRight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In one statement, for replicas of the release before name the index while they claim messages. They do not say since when
            // a message is due, so the column says it by itself.
            migrationBuilder.Sql(
                """
                ALTER TABLE outbox_messages
                    ADD COLUMN due_at datetime(6) NOT NULL DEFAULT (next_attempt_at),
                    DROP INDEX ix_outbox_messages_due,
                    ADD INDEX ix_outbox_messages_due (status, next_attempt_at, due_at)
                """
            );
            migrationBuilder.Sql(
                "UPDATE outbox_messages SET due_at = created_at WHERE status = 'PENDING' AND attempts > 0"
            );

            migrationBuilder
                .CreateTable(
                    name: "set_aside_events",
                    columns: table => new
                    {
                        position = table.Column<long>(type: "bigint", nullable: false),
                        type = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                        order_id = table.Column<long>(type: "bigint", nullable: false),
                        order_number = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                        occurred_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        trace_parent = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                        data = table.Column<string>(type: "longtext", nullable: false),
                        why = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true),
                        set_aside_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    },
                    constraints: table => table.PrimaryKey("PK_set_aside_events", x => x.position)
                )
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("Relational:Collation", "utf8mb4_unicode_520_ci");

            migrationBuilder.CreateIndex(
                name: "IX_set_aside_events_order_id_position",
                table: "set_aside_events",
                columns: ["order_id", "position"]
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "set_aside_events");

            migrationBuilder.Sql(
                """
                ALTER TABLE outbox_messages
                    DROP INDEX ix_outbox_messages_due,
                    ADD INDEX ix_outbox_messages_due (status, next_attempt_at),
                    DROP COLUMN due_at
                """
            );
        }
    }
}
