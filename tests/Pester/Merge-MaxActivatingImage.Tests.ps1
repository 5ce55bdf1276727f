BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
    1..2 | ForEach-Object { $null = Find-MaxActivatingImage $photos -Layer relu6 -Shard "$_/2" -Checkpoint "$folder/part$_.json" }
}

AfterAll {
    [System.IO.Directory]::Delete($folder, $true)
}

Describe 'Merge-MaxActivatingImage' {
    It 'reads files, by wildcards, from the pipeline and literally' {
        (Merge-MaxActivatingImage "$folder/part*.json").ImageCount | Should -Be 4
        ("$folder/part2.json", "$folder/part1.json" | Merge-MaxActivatingImage).ShardCount | Should -Be 1
        (Merge-MaxActivatingImage -LiteralPath "$folder/part1.json").Shards | Should -Be 1
    }

    It 'can be drawn, and measured with the network of the run' {
        $merged = Merge-MaxActivatingImage "$folder/part*.json" -Coherence -Model alexnet64
        $merged.Units[0].CodeSimilarity | Should -BeLessThan 1.0001
        (Merge-MaxActivatingImage "$folder/part*.json").Units[0] | Export-CnnImage "$folder/unit.png"
        [System.IO.File]::Exists("$folder/unit.png") | Should -BeTrue
    }

    It 'ends where a file is missing, damaged or there twice' {
        { Merge-MaxActivatingImage "$folder/part1.json", "$folder/part3.json" } | Should -Throw -ErrorId 'PathNotFound*'
        [System.IO.File]::WriteAllText("$folder/damaged.json", '{ "Format": 1')
        { Merge-MaxActivatingImage "$folder/damaged.json" } | Should -Throw -ErrorId 'RetrievalUnreadable*'
        { Merge-MaxActivatingImage "$folder/part1.json", "$folder/part1.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
    }

    It 'writes nothing with -WhatIf' {
        $null = Merge-MaxActivatingImage "$folder/part*.json" -OutputPath "$folder/not.json" -WhatIf
        [System.IO.File]::Exists("$folder/not.json") | Should -BeFalse
    }
}
