using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <summary>What tells that all is right: how old messages are, events set aside, what was compared at night, and whom webhooks ask about.</summary>
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

            migrationBuilder.AddColumn<DateTime>(
                name: "hints_until",
                table: "card_attempts",
                type: "datetime(6)",
                nullable: true
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

            migrationBuilder
                .CreateTable(
                    name: "reconciliation_runs",
                    columns: table => new
                    {
                        id = table
                            .Column<long>(type: "bigint", nullable: false)
                            .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                        claim = table.Column<Guid>(type: "char(36)", nullable: false, collation: "ascii_general_ci"),
                        status = table.Column<string>(type: "enum('COMPLETE','FAILED')", nullable: false),
                        period_from = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        period_to = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        started_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        finished_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        why = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                        differences = table.Column<int>(type: "int", nullable: false),
                        settling = table.Column<int>(type: "int", nullable: false),
                        counts = table.Column<string>(type: "longtext", nullable: false),
                    },
                    constraints: table => table.PrimaryKey("PK_reconciliation_runs", x => x.id)
                )
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("Relational:Collation", "utf8mb4_unicode_520_ci");

            migrationBuilder.CreateIndex(
                name: "IX_reconciliation_runs_claim",
                table: "reconciliation_runs",
                column: "claim",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_reconciliation_runs_finished_at",
                table: "reconciliation_runs",
                column: "finished_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_reconciliation_runs_status",
                table: "reconciliation_runs",
                column: "status"
            );

            migrationBuilder
                .CreateTable(
                    name: "reconciliation_schedule",
                    columns: table => new
                    {
                        id = table.Column<int>(type: "int", nullable: false),
                        next_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                        locked_until = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                        locked_by = table.Column<Guid>(type: "char(36)", nullable: true, collation: "ascii_general_ci"),
                    },
                    constraints: table => table.PrimaryKey("PK_reconciliation_schedule", x => x.id)
                )
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("Relational:Collation", "utf8mb4_unicode_520_ci");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "reconciliation_schedule");

            migrationBuilder.DropTable(name: "reconciliation_runs");

            migrationBuilder.DropTable(name: "set_aside_events");

            migrationBuilder.DropColumn(name: "hints_until", table: "card_attempts");

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
